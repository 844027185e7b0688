package io.millrace.connectors.postgres;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;

/** Text into uuid: 32 hexadecimal digits of either case, with the four usual dashes or none. */
final class UuidEncoder extends CellEncoder {
    private static final String MALFORMED = "text that is no UUID";
    private static final int DIGITS = 32;
    private static final int WITH_DASHES = 36;

    private byte[] data;
    private int[] offsets;

    @Override
    void bind(Column column) {
        data = ((BytesColumn) column).data();
        offsets = ((BytesColumn) column).offsets();
    }

    @Override
    String encode(int row, CopyBuffer out) {
        int from = offsets[row];
        int size = offsets[row + 1] - from;
        if (size != DIGITS && size != WITH_DASHES) {
            return MALFORMED;
        }
        out.putInt(16);
        int at = from;
        for (int i = 0; i < 16; i++) {
            if (size == WITH_DASHES && (i == 4 || i == 6 || i == 8 || i == 10) && data[at++] != '-') {
                return MALFORMED;
            }
            int upper = Character.digit(data[at++], 16);
            int lower = Character.digit(data[at++], 16);
            if ((upper | lower) < 0) {
                return MALFORMED;
            }
            out.putByte(upper << 4 | lower);
        }
        return null;
    }
}
