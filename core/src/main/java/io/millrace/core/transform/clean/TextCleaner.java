package io.millrace.core.transform.clean;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;

/**
 * Tidies a text column. Most cells need nothing: a scan over all bytes of the column finds where one might, and where
 * there is none the same column is returned. Otherwise clean cells are copied in runs and only the others rewritten. The
 * result is never longer.
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
        int end = offsets[rows];
        byte[] cleaned = null;
        int[] cleanedOffsets = null;
        int cleanedEnd = 0;
        int runStart = 0;
        // Cells that end before it need no look inside.
        int suspicious = TextScan.firstSuspicious(data, offsets[0], end);
        for (int row = 0; row < rows; row++) {
            int from = offsets[row];
            int to = offsets[row + 1];
            if (from == to) {
                continue;
            }
            boolean dirty = trim && (data[from] == ' ' || data[to - 1] == ' ');
            if (to > suspicious) {
                dirty = dirty || TextScan.firstSuspicious(data, from, to) < to && changes(data, from, to);
                suspicious = TextScan.firstSuspicious(data, to, end);
            }
            if (dirty) {
                if (cleaned == null) {
                    cleaned = new byte[end - offsets[0]];
                    cleanedOffsets = new int[rows + 1];
                }
                cleanedEnd = copyRun(text, runStart, row, cleaned, cleanedOffsets, cleanedEnd);
                cleanedEnd = cleanCell(data, from, to, cleaned, cleanedEnd);
                cleanedOffsets[row + 1] = cleanedEnd;
                runStart = row + 1;
            }
        }
        if (cleaned == null) {
            return text;
        }
        copyRun(text, runStart, rows, cleaned, cleanedOffsets, cleanedEnd);
        return BytesColumn.of(text.type(), rows, text.nulls(), cleaned, cleanedOffsets);
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
