package io.millrace.core.transform.clean;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import java.nio.charset.StandardCharsets;

/** Converts UTF-8 text. */
abstract class TextConversion<B extends ColumnBuilder> extends BuildingConversion<B> {
    private byte[] data;
    private int[] offsets;

    TextConversion(DataType target) {
        super(target);
    }

    @Override
    final void begin(Column column) {
        BytesColumn text = (BytesColumn) column;
        data = text.data();
        offsets = text.offsets();
    }

    @Override
    final String convert(int row) {
        return read(data, offsets[row], offsets[row + 1]);
    }

    /** Appends what the text says and returns null, or returns the reason why it says nothing of the target type. */
    abstract String read(byte[] text, int from, int to);

    static String string(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }
}
