package io.millrace.core.transform.enrich;

import io.millrace.api.data.Column;
import io.millrace.api.data.Field;

/**
 * A column that {@code enrich} adds.
 *
 * @param position in the answers
 * @param filling one row with the value of rows that match nothing; null where that is null
 */
record AddedColumn(int position, Field field, Column filling) {}
