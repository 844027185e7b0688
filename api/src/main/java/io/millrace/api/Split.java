package io.millrace.api;

import java.io.Serializable;

/**
 * A piece of a source that can be read by itself, made by {@link Extractor#plan} and understood only by its connector.
 * Ledger and engines carry it as it is.
 *
 * @param id unique within the plan, and stable: it names files and ledger rows, so only letters, digits, '.', '_' and '-'
 * @param version of the payload's format, so that a newer connector can still read an older ledger
 * @param payload the connector's own text; never a secret
 * @param estimatedRows a guess for progress and balance, or -1
 * @param estimatedBytes a guess for progress and balance, or -1
 */
public record Split(String id, int version, String payload, long estimatedRows, long estimatedBytes)
        implements Serializable {
    public Split {
        if (!id.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("split id '" + id + "' has other characters than A-Z a-z 0-9 . _ -");
        }
    }
}
