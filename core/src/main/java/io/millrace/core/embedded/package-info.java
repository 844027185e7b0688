/**
 * Millrace inside a Java program: sources, transformers and targets on records, and pipelines that run on the same engine
 * and ledger as pipeline files. Records are maps from column names to the Java objects that
 * {@link io.millrace.api.data.DataType} names. {@code docs/java-api.md} shows the use.
 */
package io.millrace.core.embedded;
