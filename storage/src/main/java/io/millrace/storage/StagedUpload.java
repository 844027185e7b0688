package io.millrace.storage;

import java.io.Serializable;
import java.util.List;

/**
 * An upload whose bytes are all there, durable but not yet visible. All that {@link Storage#complete} needs, in any process
 * and at any later time: its components may be stored as text. No secrets.
 *
 * @param id of the upload, given by the storage
 * @param token random, kept with the object, so that a completed upload is recognised
 * @param parts the parts' ETags in their order; empty for a local file
 */
public record StagedUpload(String key, String id, String token, List<String> parts, long bytes)
        implements Serializable {
    public StagedUpload {
        parts = List.copyOf(parts);
    }

    /** The same as something that can be aborted. */
    public OpenUpload open() {
        return new OpenUpload(key, id);
    }
}
