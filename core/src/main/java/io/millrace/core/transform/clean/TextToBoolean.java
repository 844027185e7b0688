package io.millrace.core.transform.clean;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.DataType;
import java.nio.charset.StandardCharsets;

/** true, 1, yes and false, 0, no, in any case. */
final class TextToBoolean extends TextConversion<BooleanColumn.Builder> {
    private static final byte[][] TRUE = words("true", "1", "yes");
    private static final byte[][] FALSE = words("false", "0", "no");

    TextToBoolean() {
        super(DataType.BOOLEAN);
    }

    @Override
    String read(byte[] text, int from, int to) {
        boolean isTrue = isOneOf(TRUE, text, from, to);
        if (!isTrue && !isOneOf(FALSE, text, from, to)) {
            return "is not a boolean (true, 1, yes, false, 0, no)";
        }
        out.append(isTrue);
        return null;
    }

    private static boolean isOneOf(byte[][] words, byte[] text, int from, int to) {
        for (byte[] word : words) {
            if (word.length == to - from && equalsAnyCase(word, text, from)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equalsAnyCase(byte[] word, byte[] text, int from) {
        for (int i = 0; i < word.length; i++) {
            byte character = text[from + i];
            int lower = character >= 'A' && character <= 'Z' ? character + 32 : character;
            if (lower != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[][] words(String... words) {
        byte[][] bytes = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i].getBytes(StandardCharsets.US_ASCII);
        }
        return bytes;
    }
}
