package io.millrace.api;

import java.io.Serializable;

/**
 * The keys that a piece's surviving rows hold against duplicates, as a file in the run's state.
 *
 * @param file name relative to the run's folder
 * @param entries how many keys
 * @param checksum of the file's bytes
 */
public record Claims(String file, long entries, String checksum) implements Serializable {}
