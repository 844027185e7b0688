package io.millrace.connectors.kafka;

import io.millrace.api.data.Batch;
import java.util.List;

/**
 * What became of some messages that follow each other, decoded ahead of whoever reads them: nothing of it has been told to
 * anybody yet.
 *
 * @param batch of those that are rows; null where none is
 * @param filtered how many were left out
 * @param untimed how many of all messages so far have no time
 * @param messages how many there are, a gap that is told of included
 * @param position the first offset behind them
 * @param last whether nothing comes behind
 */
record Portion(
        Batch batch, List<Refusal> refusals, int filtered, long untimed, long messages, long position, boolean last) {
    /** A message that is no row. */
    record Refusal(long ordinal, String column, String reason, String raw) {}
}
