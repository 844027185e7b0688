package io.millrace.sandbox;

/**
 * Covers a clean text with white space and control characters in such a way that the cleaning rules give it back:
 * control characters anywhere between two characters, white space before, behind, and in place of a single space.
 */
final class DirtyText {
    /** All 25 characters that Unicode calls White_Space. */
    static final String WHITE_SPACE = " \t\n\u000B\f\r\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
            + "\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    private static final byte[][] SPACES =
            Catalog.utf8(WHITE_SPACE.codePoints().mapToObj(Character::toString).toArray(String[]::new));
    private static final byte[][] CONTROLS = controls();
    private static final double PLAIN_SPACE = 0.5;

    private final CopyText out;
    private final RandomNumbers random;
    private boolean spaced;
    private boolean controlled;

    DirtyText(CopyText out, RandomNumbers random) {
        this.out = out;
        this.random = random;
    }

    void write(byte[] clean, boolean withSpaces, boolean withControls) {
        spaced = withSpaces;
        controlled = withControls;
        boolean leading = spaced && random.nextInt(2) == 0;
        boolean trailing = spaced && (!leading || random.nextInt(2) == 0);
        if (leading) {
            spaces();
        }
        for (byte value : clean) {
            boolean continuation = (value & 0xC0) == 0x80;
            if (controlled && !continuation && random.nextInt(8) == 0) {
                control();
            }
            if (value == ' ' && spaced && random.nextInt(2) == 0) {
                spaces();
            } else {
                out.text(value);
            }
        }
        if (trailing) {
            spaces();
        }
        if (controlled) {
            control();
        }
    }

    private void spaces() {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            out.text(random.chance(PLAIN_SPACE) ? SPACES[0] : SPACES[random.nextInt(SPACES.length)]);
            if (controlled && random.nextInt(4) == 0) {
                control();
            }
        }
    }

    private void control() {
        out.text(CONTROLS[random.nextInt(CONTROLS.length)]);
    }

    private static byte[][] controls() {
        StringBuilder all = new StringBuilder();
        for (int code = 1; code < 0xA0; code++) {
            if (Character.isISOControl(code) && WHITE_SPACE.indexOf(code) < 0) {
                all.append((char) code);
            }
        }
        return Catalog.utf8(all.chars().mapToObj(Character::toString).toArray(String[]::new));
    }
}
