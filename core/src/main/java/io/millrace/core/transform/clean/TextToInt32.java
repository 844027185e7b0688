package io.millrace.core.transform.clean;

import io.millrace.api.data.DataType;
import io.millrace.api.data.IntColumn;
import io.millrace.api.text.WholeNumberText;

final class TextToInt32 extends TextConversion<IntColumn.Builder> {
    private final WholeNumberText number = new WholeNumberText();

    TextToInt32() {
        super(DataType.INT32);
    }

    @Override
    String read(byte[] text, int from, int to) {
        return switch (number.read(text, from, to)) {
            case READ -> {
                if (number.value() != (int) number.value()) {
                    yield "is beyond the range of int32";
                }
                out.append((int) number.value());
                yield null;
            }
            case NOT_A_NUMBER, NOT_WHOLE -> "is not a whole number (int32)";
            case OVERFLOW -> "is beyond the range of int32";
        };
    }
}
