package io.millrace.api;

import java.io.Serializable;

/**
 * What a staging writer left for the commit. Small: names files, holds no rows.
 *
 * @param connector who understands the payload
 * @param version of the payload's format
 * @param payload the connector's own text; never a secret
 * @param rows how many rows will be loaded by committing it
 */
public record Staged(String connector, int version, String payload, long rows) implements Serializable {}
