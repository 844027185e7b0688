package io.millrace.core.transform.clean;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;

/**
 * Tidies a text column. Most cells need nothing: a scan over all bytes of the column decides that at once and returns the
 * same column; otherwise clean cells are copied in runs and only the others are rewritten. The result is never longer.
 */
final class TextCleaner {
    private final boolean trim;
    private final boolean collapse;
    private final boolean strip;

    TextCleaner(StringCleaning settings) {
        this.trim = settings.trim();
        this.collapse = settings.collapseWhitespace();
        this.strip = settings.stripControl();
    }

    /** The cleaned column, or the same one where no cell changes. */
    Column clean(Column column) {
        BytesColumn text = (BytesColumn) column;
        byte[] data = text.data();
        int[] offsets = text.offsets();
        int rows = text.length();
        if (rows == 0) {
            return text;
        }
        if (TextScan.suspicious(data, offsets[0], offsets[rows])) {
            int first = firstDirty(data, offsets, rows, true);
            return first == rows ? text : rewrite(text, first, true);
        }
        int first = firstDirty(data, offsets, rows, false);
        return first == rows ? text : rewrite(text, first, false);
    }

    private int firstDirty(byte[] data, int[] offsets, int rows, boolean inside) {
        int row = 0;
        while (row < rows && !dirty(data, offsets[row], offsets[row + 1], inside)) {
            row++;
        }
        return row;
    }

    /** Whether a cell changes; its inside needs no look where the scan of all bytes found nothing. */
    private boolean dirty(byte[] data, int from, int to, boolean inside) {
        if (from == to) {
            return false;
        }
        if (trim && (data[from] == ' ' || data[to - 1] == ' ')) {
            return true;
        }
        return inside && TextScan.suspicious(data, from, to) && changes(data, from, to);
    }

    private boolean changes(byte[] data, int from, int to) {
        boolean afterSpace = false;
        for (int at = from; at < to; at += CharacterClass.size(data[at])) {
            switch (CharacterClass.of(data, at)) {
                case CharacterClass.SPACE -> {
                    if (trim && at == from || collapse && (afterSpace || data[at] != ' ')) {
                        return true;
                    }
                    afterSpace = true;
                }
                case CharacterClass.CONTROL -> {
                    if (strip) {
                        return true;
                    }
                    afterSpace = false;
                }
                default -> afterSpace = false;
            }
        }
        return trim && afterSpace;
    }

    private BytesColumn rewrite(BytesColumn text, int first, boolean inside) {
        byte[] data = text.data();
        int[] offsets = text.offsets();
        int rows = text.length();
        byte[] cleaned = new byte[offsets[rows] - offsets[0]];
        int[] cleanedOffsets = new int[rows + 1];
        int end = 0;
        int runStart = 0;
        for (int row = first; row < rows; row++) {
            if (row == first || dirty(data, offsets[row], offsets[row + 1], inside)) {
                end = copyRun(text, runStart, row, cleaned, cleanedOffsets, end);
                end = cleanCell(data, offsets[row], offsets[row + 1], cleaned, end);
                cleanedOffsets[row + 1] = end;
                runStart = row + 1;
            }
        }
        copyRun(text, runStart, rows, cleaned, cleanedOffsets, end);
        return BytesColumn.of(text.type(), rows, text.nulls(), cleaned, cleanedOffsets);
    }

    private static int copyRun(BytesColumn text, int from, int to, byte[] cleaned, int[] cleanedOffsets, int end) {
        int[] offsets = text.offsets();
        int size = offsets[to] - offsets[from];
        System.arraycopy(text.data(), offsets[from], cleaned, end, size);
        int shift = end - offsets[from];
        for (int row = from; row < to; row++) {
            cleanedOffsets[row + 1] = offsets[row + 1] + shift;
        }
        return end + size;
    }

    private int cleanCell(byte[] data, int from, int to, byte[] cleaned, int start) {
        int end = start;
        int endOfText = start;
        boolean afterSpace = false;
        for (int at = from, size; at < to; at += size) {
            size = CharacterClass.size(data[at]);
            int type = CharacterClass.of(data, at);
            if (type == CharacterClass.SPACE) {
                if (trim && end == start || collapse && afterSpace) {
                    continue;
                }
                if (collapse) {
                    cleaned[end++] = ' ';
                    afterSpace = true;
                    continue;
                }
            } else if (type == CharacterClass.CONTROL && strip) {
                continue;
            }
            for (int i = 0; i < size; i++) {
                cleaned[end++] = data[at + i];
            }
            if (type != CharacterClass.SPACE) {
                endOfText = end;
                afterSpace = false;
            }
        }
        return trim ? endOfText : end;
    }
}
