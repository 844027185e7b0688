package io.millrace.formats.csv;

import io.millrace.api.data.IntColumn;
import io.millrace.api.text.IsoDateTime;

/** Dates in ISO-8601. */
final class DateAppender extends CellAppender {
    private final IntColumn.Builder out;
    private final IsoDateTime text = new IsoDateTime();

    DateAppender(IntColumn.Builder out) {
        super(out);
        this.out = out;
    }

    @Override
    String append(byte[] bytes, int from, int to) {
        if (!text.read(bytes, from, to) || text.hasTime()) {
            return "is not a date written in ISO-8601";
        }
        out.append((int) text.epochDay());
        return null;
    }
}
