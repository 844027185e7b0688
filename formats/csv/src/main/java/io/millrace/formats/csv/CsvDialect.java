package io.millrace.formats.csv;

/**
 * The settings as the scanner needs them.
 *
 * @param quote a byte, or NONE
 * @param escape a byte other than the quote, or NONE
 */
record CsvDialect(byte delimiter, int quote, int escape, byte[] nullText, boolean quotedNewlines) {
    static final int NONE = -1;

    /** Which bytes end the run of plain ones in a value without quotes. */
    boolean[] endsPlain() {
        boolean[] special = special();
        special[delimiter] = true;
        return special;
    }

    /** Which bytes end the run of plain ones in a quoted value. */
    boolean[] endsQuoted() {
        boolean[] special = special();
        special[quote] = true;
        return special;
    }

    private boolean[] special() {
        boolean[] special = new boolean[256];
        special['\n'] = true;
        if (escape != NONE) {
            special[escape] = true;
        }
        return special;
    }

    boolean isNull(byte[] bytes, int from, int to) {
        if (to - from != nullText.length) {
            return false;
        }
        for (int i = 0; i < nullText.length; i++) {
            if (bytes[from + i] != nullText[i]) {
                return false;
            }
        }
        return true;
    }
}
