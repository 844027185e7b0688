package io.millrace.storage;

import java.io.Serializable;
import java.time.Instant;

/**
 * An object as it was found.
 *
 * @param key relative to its {@link Storage}
 * @param version changes whenever the content does: the ETag on S3; size, time and inode of a local file
 * @param modified when it was last written, by the clock of its server
 */
public record StoredObject(String key, long size, String version, Instant modified) implements Serializable {}
