/**
 * Where files lie: a folder of a local disk, or a prefix of an S3 bucket, behind one {@link
 * io.millrace.storage.Storage}.
 *
 * <p>Keys are relative to the place, with {@code /} between their parts. What is read is pinned to a version; what is
 * written appears as a whole or not at all.
 */
package io.millrace.storage;
