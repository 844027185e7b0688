package io.millrace.core.measure;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;

/**
 * Rows with what measures need of them, evaluated once for all measures.
 *
 * @param rows whole rows, for those measures that depend on their order
 * @param arguments by the number that {@link BoundMeasures#arguments()} gives them
 * @param filters by the number that {@link BoundMeasures#filters()} gives them: true where the row passes
 */
public record RowInput(Batch rows, Column[] arguments, boolean[][] filters) {}
