package io.millrace.core.transform.clean;

import io.millrace.api.data.DataType;
import io.millrace.api.data.IntColumn;
import io.millrace.api.text.DateTimeText;

final class TextToDate extends TextConversion<IntColumn.Builder> {
    private final DateTimePattern pattern;
    private final DateTimeText reader;

    TextToDate(DateTimePattern pattern) {
        super(DataType.DATE);
        this.pattern = pattern;
        this.reader = pattern.reader();
    }

    @Override
    String read(byte[] text, int from, int to) {
        if (!reader.read(text, from, to) || pattern.isIso() && reader.hasTime()) {
            return "is not a date" + pattern.written();
        }
        out.append((int) reader.epochDay());
        return null;
    }
}
