/**
 * Text of separated values, decoded from bytes straight into the columns of a {@link io.millrace.api.data.BatchBuilder}.
 */
package io.millrace.formats.csv;
