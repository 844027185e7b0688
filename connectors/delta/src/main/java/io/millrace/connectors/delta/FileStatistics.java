package io.millrace.connectors.delta;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.formats.parquet.ColumnSummary;
import io.millrace.formats.parquet.FileSummary;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * What the log says about a data file, so that readers can skip it: the number of rows, and of the first 32 columns how many
 * values are null and between which borders the others lie. A border may be wider than the values, never narrower.
 */
final class FileStatistics {
    /** Delta's default of {@code delta.dataSkippingNumIndexedCols}. */
    private static final int MOST_COLUMNS = 32;

    private static final int LONGEST_TEXT = 32;

    /** Above all code points but itself. */
    private static final String HIGHEST = Character.toString(Character.MAX_CODE_POINT);

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private FileStatistics() {}

    static String json(FileSummary summary) {
        ObjectNode json = new JsonNodeFactory(true).objectNode();
        json.put("numRecords", summary.rows());
        ObjectNode smallest = json.putObject("minValues");
        ObjectNode largest = json.putObject("maxValues");
        ObjectNode nulls = json.putObject("nullCount");
        summary.columns().stream().limit(MOST_COLUMNS).forEach(column -> {
            nulls.put(column.name(), column.nulls());
            add(column, smallest, largest);
        });
        return json.toString();
    }

    private static void add(ColumnSummary column, ObjectNode smallest, ObjectNode largest) {
        Object low = column.smallest().orElse(null);
        Object high = column.largest().orElse(null);
        String name = column.name();
        if (low instanceof Integer) {
            smallest.put(name, (Integer) low);
            largest.put(name, (Integer) high);
        } else if (low instanceof Long) {
            smallest.put(name, (Long) low);
            largest.put(name, (Long) high);
        } else if (low instanceof Double from && high instanceof Double to) {
            if (!from.isInfinite() && !to.isInfinite()) {
                smallest.put(name, from);
                largest.put(name, to);
            }
        } else if (low instanceof BigDecimal) {
            smallest.put(name, (BigDecimal) low);
            largest.put(name, (BigDecimal) high);
        } else if (low instanceof LocalDate from && high instanceof LocalDate to) {
            if (isPlain(from) && isPlain(to)) {
                smallest.put(name, from.toString());
                largest.put(name, to.toString());
            }
        } else if (low instanceof Instant from && high instanceof Instant to) {
            addTimes(name, from, to, smallest, largest);
        } else if (low instanceof String) {
            addTexts(name, (String) low, (String) high, smallest, largest);
        }
    }

    /** Readers cut to milliseconds. */
    private static void addTimes(String name, Instant from, Instant to, ObjectNode smallest, ObjectNode largest) {
        Instant up = to.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
        if (isPlain(LocalDate.ofInstant(from, ZoneOffset.UTC)) && isPlain(LocalDate.ofInstant(up, ZoneOffset.UTC))) {
            smallest.put(name, MILLIS.format(from));
            largest.put(name, MILLIS.format(up));
        }
    }

    /** Other years are written in ways that not every reader understands. */
    private static boolean isPlain(LocalDate date) {
        return date.getYear() >= 1 && date.getYear() <= 9999;
    }

    private static void addTexts(String name, String from, String to, ObjectNode smallest, ObjectNode largest) {
        String start = start(to);
        boolean cut = start.length() < to.length();
        if (cut && to.startsWith(HIGHEST, start.length())) {
            return;
        }
        smallest.put(name, start(from));
        largest.put(name, cut ? start + HIGHEST : to);
    }

    private static String start(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT));
    }
}
