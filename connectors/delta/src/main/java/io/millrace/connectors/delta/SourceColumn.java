package io.millrace.connectors.delta;

import io.millrace.api.data.Field;

/**
 * A column to read.
 *
 * @param stored its name in the files, which differs where the table maps columns
 * @param partition whether its value is in the log instead of the files
 */
record SourceColumn(Field field, String stored, boolean partition) {}
