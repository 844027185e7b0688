package io.millrace.api;

import java.io.Serializable;

/**
 * What the commit of a piece adds to a direct target.
 *
 * @param loaded rows that the piece added to the target
 * @param deduplicated rows of the piece that another row of the same key superseded within it
 */
public record Receipt(long loaded, long deduplicated) implements Serializable {}
