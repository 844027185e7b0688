package io.millrace.engines.spark.batch;

import io.millrace.core.lookup.LookupTally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The notes of many tasks as one process would have made them. One thread. */
final class GatheredNotes {
    private static final Pattern COUNTED = Pattern.compile("([0-9][0-9,]*)( .*)", Pattern.DOTALL);

    /** How many, by the text behind the number. */
    private final Map<String, Long> counted = new LinkedHashMap<>();

    private final List<LookupTally> lookups = new ArrayList<>();

    void add(TaskNotes notes) {
        for (String notice : notes.notices()) {
            Matcher number = COUNTED.matcher(notice);
            if (number.matches()) {
                counted.merge(number.group(2), Long.parseLong(number.group(1).replace(",", "")), Long::sum);
            } else {
                counted.put(notice, -1L);
            }
        }
        lookups.addAll(notes.lookups());
    }

    /** Those that begin with a number once, with the sum; others once. */
    List<String> notices() {
        return counted.entrySet().stream()
                .map(notice -> notice.getValue() < 0
                        ? notice.getKey()
                        : String.format(Locale.ROOT, "%,d", notice.getValue()) + notice.getKey())
                .toList();
    }

    List<LookupTally> lookups() {
        return lookups;
    }
}
