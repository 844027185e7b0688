package io.millrace.connectors.postgres;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.ColumnBuilder;

/** Text, JSON, bytes and uuid: what lands in a column of bytes. */
final class TextDecoders {
    private static final byte[] HEXADECIMAL = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private TextDecoders() {}

    /** bytea, and text that the server has checked to be UTF-8. */
    static CellDecoder plain(ColumnBuilder builder) {
        return new Plain((BytesColumn.Builder) builder);
    }

    /** Text of a database that does not check encodings. */
    static CellDecoder checked(ColumnBuilder builder) {
        return new Checked((BytesColumn.Builder) builder);
    }

    static CellDecoder jsonb(ColumnBuilder builder) {
        return new Jsonb((BytesColumn.Builder) builder);
    }

    static CellDecoder uuid(ColumnBuilder builder) {
        return new Uuid((BytesColumn.Builder) builder);
    }

    private static final class Plain extends CellDecoder {
        private final BytesColumn.Builder column;

        Plain(BytesColumn.Builder column) {
            this.column = column;
        }

        @Override
        String decode(byte[] bytes, int at, int size) {
            column.append(bytes, at, size);
            return null;
        }
    }

    private static final class Checked extends CellDecoder {
        private final BytesColumn.Builder column;

        Checked(BytesColumn.Builder column) {
            this.column = column;
        }

        @Override
        String decode(byte[] bytes, int at, int size) {
            if (!Utf8.isValid(bytes, at, size)) {
                return "text that is not UTF-8";
            }
            column.append(bytes, at, size);
            return null;
        }
    }

    private static final class Jsonb extends CellDecoder {
        private static final byte VERSION = 1;
        private final BytesColumn.Builder column;

        Jsonb(BytesColumn.Builder column) {
            this.column = column;
        }

        @Override
        String decode(byte[] bytes, int at, int size) {
            if (size < 1 || bytes[at] != VERSION) {
                return "a version of jsonb's wire format other than 1";
            }
            column.append(bytes, at + 1, size - 1);
            return null;
        }
    }

    private static final class Uuid extends CellDecoder {
        private final BytesColumn.Builder column;
        private final byte[] text = new byte[36];

        Uuid(BytesColumn.Builder column) {
            this.column = column;
        }

        @Override
        int fixedSize() {
            return 16;
        }

        @Override
        String decode(byte[] bytes, int at, int size) {
            int to = 0;
            for (int i = 0; i < 16; i++) {
                if (i == 4 || i == 6 || i == 8 || i == 10) {
                    text[to++] = '-';
                }
                text[to++] = HEXADECIMAL[bytes[at + i] >> 4 & 15];
                text[to++] = HEXADECIMAL[bytes[at + i] & 15];
            }
            column.append(text, 0, to);
            return null;
        }
    }
}
