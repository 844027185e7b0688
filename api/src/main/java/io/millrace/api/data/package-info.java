/**
 * The data model: schemas, immutable columnar batches on the heap, and their builders.
 *
 * <p>Text is UTF-8 bytes, time is microseconds since 1970-01-01T00:00:00Z, dates are days since 1970-01-01. Everything
 * built is immutable and safe to share between threads; builders belong to one thread.
 */
package io.millrace.api.data;
