package io.millrace.core.transform.clean;

/** Sorts the characters of UTF-8 text into white space (Unicode's White_Space), other control characters, and the rest. */
final class CharacterClass {
    static final int OTHER = 0;
    static final int SPACE = 1;
    static final int CONTROL = 2;

    private static final byte[] ASCII = new byte[128];

    static {
        for (int c = 0; c < 0x20; c++) {
            ASCII[c] = (byte) (c >= 0x09 && c <= 0x0d ? SPACE : CONTROL);
        }
        ASCII[' '] = SPACE;
        ASCII[0x7f] = CONTROL;
    }

    private CharacterClass() {}

    /** The class of the character that starts at {@code at}. */
    static int of(byte[] text, int at) {
        int lead = text[at];
        return lead >= 0 ? ASCII[lead] : beyondAscii(lead & 0xff, text, at);
    }

    /** How many bytes the character with this first byte has. */
    static int size(byte lead) {
        return lead >= 0 ? 1 : (lead & 0xff) < 0xe0 ? 2 : (lead & 0xff) < 0xf0 ? 3 : 4;
    }

    private static int beyondAscii(int lead, byte[] text, int at) {
        return switch (lead) {
                // U+0080 to U+00BF: C1 up to U+009F, in it the white space U+0085, then U+00A0.
            case 0xc2 -> {
                int second = text[at + 1] & 0xff;
                yield second == 0x85 || second == 0xa0 ? SPACE : second < 0xa0 ? CONTROL : OTHER;
            }
            case 0xe1 -> (text[at + 1] & 0xff) == 0x9a && (text[at + 2] & 0xff) == 0x80 ? SPACE : OTHER; // U+1680
            case 0xe2 -> generalPunctuation(text[at + 1] & 0xff, text[at + 2] & 0xff);
            case 0xe3 -> (text[at + 1] & 0xff) == 0x80 && (text[at + 2] & 0xff) == 0x80 ? SPACE : OTHER; // U+3000
            default -> OTHER;
        };
    }

    private static int generalPunctuation(int second, int third) {
        if (second == 0x80) {
            // U+2000 to U+200A, U+2028, U+2029, U+202F
            return third <= 0x8a || third == 0xa8 || third == 0xa9 || third == 0xaf ? SPACE : OTHER;
        }
        return second == 0x81 && third == 0x9f ? SPACE : OTHER; // U+205F
    }
}
