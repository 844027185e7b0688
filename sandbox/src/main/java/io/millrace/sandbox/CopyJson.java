package io.millrace.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Turns rows of COPY text into JSON objects: numbers as such, all other values as text, null as null. Not thread-safe. */
final class CopyJson {
    private static final EventColumn[] COLUMNS = EventColumn.values();
    private static final byte[][] NAMES = names();

    private final ByteArrayOutputStream json = new ByteArrayOutputStream(512);

    private static byte[][] names() {
        byte[][] names = new byte[COLUMNS.length][];
        for (int i = 0; i < names.length; i++) {
            names[i] = ((i == 0 ? "{\"" : ",\"") + COLUMNS[i].columnName() + "\":").getBytes(StandardCharsets.UTF_8);
        }
        return names;
    }

    /** The object of the one row that the text holds. */
    byte[] object(CopyText row) {
        json.reset();
        byte[] text = row.bytes();
        int from = 0;
        for (int column = 0; column < COLUMNS.length; column++) {
            int to = from;
            while (text[to] != '\t' && text[to] != '\n') {
                to++;
            }
            json.writeBytes(NAMES[column]);
            cell(COLUMNS[column], text, from, to);
            from = to + 1;
        }
        json.write('}');
        return json.toByteArray();
    }

    private void cell(EventColumn column, byte[] text, int from, int to) {
        if (to - from == 2 && text[from] == '\\' && text[from + 1] == 'N') {
            json.writeBytes(new byte[] {'n', 'u', 'l', 'l'});
        } else if (column.sqlType().startsWith("bigint") || column.sqlType().startsWith("double")) {
            json.write(text, from, to - from);
        } else {
            json.write('"');
            text(text, from, to);
            json.write('"');
        }
    }

    /** JSON and COPY escape tabs, line ends and backslashes alike. */
    private void text(byte[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            byte value = text[at];
            if (value == '\\') {
                json.write('\\');
                json.write(text[++at]);
            } else if (value == '"') {
                json.write('\\');
                json.write('"');
            } else if (value >= 0 && value < ' ') {
                json.writeBytes(String.format("\\u%04x", value).getBytes(StandardCharsets.US_ASCII));
            } else {
                json.write(value);
            }
        }
    }
}
