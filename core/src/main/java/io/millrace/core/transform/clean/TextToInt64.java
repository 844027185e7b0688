package io.millrace.core.transform.clean;

import io.millrace.api.data.DataType;
import io.millrace.api.data.LongColumn;
import io.millrace.api.text.WholeNumberText;

final class TextToInt64 extends TextConversion<LongColumn.Builder> {
    private final WholeNumberText number = new WholeNumberText();

    TextToInt64() {
        super(DataType.INT64);
    }

    @Override
    String read(byte[] text, int from, int to) {
        return switch (number.read(text, from, to)) {
            case READ -> {
                out.append(number.value());
                yield null;
            }
            case NOT_A_NUMBER, NOT_WHOLE -> "is not a whole number (int64)";
            case OVERFLOW -> "is beyond the range of int64";
        };
    }
}
