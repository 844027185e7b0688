package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** LIKE: a literal pattern is read once, one without wildcards is a comparison. */
public final class TextMatch extends Kernel {
    private final Kernel operand;
    private final LikePattern pattern;

    private TextMatch(Kernel operand, LikePattern pattern) {
        super(DataType.BOOLEAN, List.of(operand), false);
        this.operand = operand;
        this.pattern = pattern;
    }

    private static Kernel literal(Kernel operand, String pattern, int escape) {
        LikePattern read = LikePattern.of(pattern, escape);
        if (read == null) {
            throw new IllegalArgumentException("in the pattern '" + pattern
                    + "' the escape character is followed by something else than %, _ or itself");
        }
        byte[] literal = read.literal();
        return literal == null
                ? new TextMatch(operand, read)
                : new TextComparison(
                        CompareOperation.EQUAL,
                        operand,
                        ConstantKernel.of(DataType.STRING, new String(literal, StandardCharsets.UTF_8)));
    }

    /**
     * The kernel for operands of type string. A pattern of a column that is not one fails.
     *
     * @param escape a code point, or -1
     * @throws IllegalArgumentException where the pattern is a literal and not one
     */
    public static Kernel of(Kernel operand, Kernel pattern, int escape) {
        Optional<String> known = Coercions.literalText(pattern);
        if (known.isPresent()) {
            return literal(operand, known.get(), escape);
        }
        return RowKernel.strict(DataType.BOOLEAN, List.of(operand, pattern), (arguments, row, out) -> {
            LikePattern read = LikePattern.of(arguments[1].text(row), escape);
            if (read == null) {
                out.fail("the escape character of the pattern is followed by something else than %, _ or itself");
            } else {
                out.put(read.matches(arguments[0].bytes(), arguments[0].from(row), arguments[0].to(row)));
            }
        });
    }

    @Override
    public Column evaluate(Frame frame) {
        BytesColumn column = (BytesColumn) operand.evaluate(frame);
        byte[] data = column.data();
        int[] offsets = column.offsets();
        boolean[] result = new boolean[frame.rows()];
        for (int row = 0; row < result.length; row++) {
            result[row] = pattern.matches(data, offsets[row], offsets[row + 1]);
        }
        return BooleanColumn.of(result.length, column.nulls(), result);
    }
}
