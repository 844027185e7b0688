package io.millrace.formats.csv;

import io.millrace.api.data.LongColumn;
import io.millrace.api.text.WholeNumberText;

/** Whole numbers of 64 bits. */
final class LongAppender extends CellAppender {
    private final LongColumn.Builder out;
    private final WholeNumberText number = new WholeNumberText();

    LongAppender(LongColumn.Builder out) {
        super(out);
        this.out = out;
    }

    @Override
    String append(byte[] bytes, int from, int to) {
        return switch (number.read(bytes, from, to)) {
            case READ -> {
                out.append(number.value());
                yield null;
            }
            case NOT_A_NUMBER, NOT_WHOLE -> "is not a whole number (int64)";
            case OVERFLOW -> "is beyond the range of int64";
        };
    }
}
