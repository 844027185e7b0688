package io.millrace.core.transform.normalize;

import io.millrace.api.MillraceException;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Normal forms and case folding. ASCII text is its own normal form, whichever. */
final class TextKernel extends Kernel {
    private final NormalForm form;
    private final boolean foldCase;

    TextKernel(Field input, String name, NormalForm form, boolean foldCase) {
        super(List.of(new Field(name, DataType.STRING, input.nullable())));
        if (input.type().kind() != Kind.STRING) {
            throw MillraceException.user("text is for string, not for " + input.type()
                    + "; convert the column in a step  clean: {types: …}  before");
        }
        this.form = form;
        this.foldCase = foldCase;
    }

    @Override
    List<Column> apply(Column input, RefusedRows refused) {
        BytesColumn text = (BytesColumn) input;
        byte[] data = text.data();
        int[] offsets = text.offsets();
        int length = text.length();
        if (isAscii(data, offsets[0], offsets[length])) {
            return List.of(
                    foldCase
                            ? BytesColumn.of(DataType.STRING, length, text.nulls(), lower(data, offsets), offsets)
                            : text);
        }
        BytesColumn.Builder results = (BytesColumn.Builder) ColumnBuilder.of(DataType.STRING);
        for (int row = 0; row < length; row++) {
            int from = offsets[row];
            int to = offsets[row + 1];
            if (text.isNull(row)) {
                results.appendNull();
            } else if (!foldCase && isAscii(data, from, to)) {
                results.append(data, from, to - from);
            } else {
                results.append(normal(new String(data, from, to - from, StandardCharsets.UTF_8)));
            }
        }
        return List.of(results.build());
    }

    private String normal(String text) {
        String normal = form.of(text);
        return foldCase ? form.of(folded(normal)) : normal;
    }

    /** Upper case in full (ß becomes SS), then lower case character by character (Σ always becomes σ). */
    static String folded(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(upper.length());
        upper.codePoints().map(Character::toLowerCase).forEach(folded::appendCodePoint);
        return folded.toString();
    }

    private static boolean isAscii(byte[] data, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            all |= data[i];
        }
        return all >= 0;
    }

    private static byte[] lower(byte[] data, int[] offsets) {
        byte[] lower = data.clone();
        for (int i = offsets[0]; i < lower.length; i++) {
            if (lower[i] >= 'A' && lower[i] <= 'Z') {
                lower[i] += 'a' - 'A';
            }
        }
        return lower;
    }
}
