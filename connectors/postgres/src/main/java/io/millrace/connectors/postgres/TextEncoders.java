package io.millrace.connectors.postgres;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Text, JSON and bytes into columns whose values are bytes on the wire. */
final class TextEncoders {
    private static final int JSONB_VERSION = 1;
    private static final int MOST_NAME_BYTES = 63;

    private TextEncoders() {}

    /** bytea. */
    static CellEncoder bytes() {
        return new Plain();
    }

    /** Text and json, with at most so many characters. */
    static CellEncoder text(OptionalInt mostCharacters, String typeName) {
        return new Text(mostCharacters.orElse(Integer.MAX_VALUE), typeName);
    }

    static CellEncoder name() {
        return new Name();
    }

    static CellEncoder jsonb() {
        return new Jsonb();
    }

    static CellEncoder enumeration(List<String> labels, String typeName) {
        return new Enumeration(labels, typeName);
    }

    /** INT32 or INT64 as decimal digits. */
    static CellEncoder digits(OptionalInt mostCharacters, String typeName) {
        return new Digits(mostCharacters.orElse(Integer.MAX_VALUE), typeName);
    }

    private static class Plain extends CellEncoder {
        byte[] data;
        int[] offsets;

        @Override
        void bind(Column column) {
            data = ((BytesColumn) column).data();
            offsets = ((BytesColumn) column).offsets();
        }

        @Override
        String encode(int row, CopyBuffer out) {
            int from = offsets[row];
            int size = offsets[row + 1] - from;
            out.putInt(size);
            out.put(data, from, size);
            return null;
        }
    }

    /** Anything that the server stores as text. The bytes of a batch are searched for NUL at once: it is rare. */
    private static class Text extends Plain {
        private final int mostCharacters;
        private final String tooLong;
        private boolean hasNul;

        Text(int mostCharacters, String typeName) {
            this.mostCharacters = mostCharacters;
            this.tooLong = "longer than " + typeName;
        }

        @Override
        void bind(Column column) {
            super.bind(column);
            hasNul = NulCharacters.isIn(data, offsets[0], offsets[column.length()]);
        }

        @Override
        String encode(int row, CopyBuffer out) {
            String problem = problem(row);
            return problem != null ? problem : super.encode(row, out);
        }

        final String problem(int row) {
            int from = offsets[row];
            int to = offsets[row + 1];
            if (hasNul && NulCharacters.isIn(data, from, to)) {
                return NulCharacters.REASON;
            }
            return to - from > mostCharacters && characters(from, to) > mostCharacters ? tooLong : null;
        }

        private int characters(int from, int to) {
            int count = 0;
            for (int i = from; i < to; i++) {
                // Every byte but those that continue a character begins one.
                count += (data[i] & 0xC0) != 0x80 ? 1 : 0;
            }
            return count;
        }
    }

    private static final class Name extends Text {
        Name() {
            super(Integer.MAX_VALUE, "name");
        }

        @Override
        String encode(int row, CopyBuffer out) {
            return offsets[row + 1] - offsets[row] > MOST_NAME_BYTES
                    ? "longer than the " + MOST_NAME_BYTES + " bytes of name"
                    : super.encode(row, out);
        }
    }

    private static final class Jsonb extends Text {
        Jsonb() {
            super(Integer.MAX_VALUE, "jsonb");
        }

        @Override
        String encode(int row, CopyBuffer out) {
            String problem = problem(row);
            if (problem != null) {
                return problem;
            }
            int size = offsets[row + 1] - offsets[row];
            out.putInt(size + 1);
            out.putByte(JSONB_VERSION);
            out.put(data, offsets[row], size);
            return null;
        }
    }

    private static final class Enumeration extends Plain {
        private final byte[][] labels;
        private final String unknown;

        Enumeration(List<String> labels, String typeName) {
            this.labels = labels.stream()
                    .map(label -> label.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
            this.unknown = "not one of the values of " + typeName;
        }

        @Override
        String encode(int row, CopyBuffer out) {
            for (byte[] label : labels) {
                if (Arrays.equals(data, offsets[row], offsets[row + 1], label, 0, label.length)) {
                    return super.encode(row, out);
                }
            }
            return unknown;
        }
    }

    private static final class Digits extends CellEncoder {
        private final NumberEncoders.Integers values = new NumberEncoders.Integers();
        private final byte[] text = new byte[20];
        private final int most;
        private final String tooLong;

        Digits(int most, String typeName) {
            this.most = most;
            this.tooLong = "longer than " + typeName;
        }

        @Override
        void bind(Column column) {
            values.bind(column);
        }

        @Override
        String encode(int row, CopyBuffer out) {
            long value = values.get(row);
            int from = text.length;
            long left = value;
            do {
                // Of either sign: the least long has no positive counterpart.
                text[--from] = (byte) ('0' + Math.abs((int) (left % 10)));
                left /= 10;
            } while (left != 0);
            if (value < 0) {
                text[--from] = '-';
            }
            int size = text.length - from;
            if (size > most) {
                return tooLong;
            }
            out.putInt(size);
            out.put(text, from, size);
            return null;
        }
    }
}
