package io.millrace.formats.csv;

import io.millrace.api.data.IntColumn;
import io.millrace.api.text.WholeNumberText;

/** Whole numbers of 32 bits. */
final class IntAppender extends CellAppender {
    private final IntColumn.Builder out;
    private final WholeNumberText number = new WholeNumberText();

    IntAppender(IntColumn.Builder out) {
        super(out);
        this.out = out;
    }

    @Override
    String append(byte[] bytes, int from, int to) {
        return switch (number.read(bytes, from, to)) {
            case READ -> {
                int narrow = (int) number.value();
                if (narrow != number.value()) {
                    yield "is beyond the range of int32";
                }
                out.append(narrow);
                yield null;
            }
            case NOT_A_NUMBER, NOT_WHOLE -> "is not a whole number (int32)";
            case OVERFLOW -> "is beyond the range of int32";
        };
    }
}
