package io.millrace.core.transform.enrich;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code enrich} said in the simplest way: for every row, all rows of the table. */
record NaiveEnrich(EnrichSettings settings, List<Map<String, Object>> table) {
    /** The row that a row finds. */
    Optional<Map<String, Object>> find(Map<String, Object> row) {
        List<Map<String, Object>> matches = new ArrayList<>();
        for (Map<String, Object> candidate : table) {
            boolean equal = settings.on().entrySet().stream()
                    .allMatch(key -> equal(row.get(key.getKey()), candidate.get(key.getValue())));
            if (equal) {
                matches.add(candidate);
            }
        }
        return settings.asOf().isEmpty()
                ? matches.stream().findFirst()
                : newest(row, matches, settings.asOf().get());
    }

    private static boolean equal(Object ours, Object theirs) {
        if (ours == null || theirs == null) {
            return false;
        }
        if (ours instanceof byte[] bytes) {
            return Arrays.equals(bytes, (byte[]) theirs);
        }
        return ours instanceof Integer || ours instanceof Long
                ? ((Number) ours).longValue() == ((Number) theirs).longValue()
                : ours.equals(theirs);
    }

    private static Optional<Map<String, Object>> newest(
            Map<String, Object> row, List<Map<String, Object>> versions, AsOf asOf) {
        Long time = Times.number(row.get(asOf.time()));
        Map<String, Object> newest = null;
        for (Map<String, Object> version : versions) {
            Long from = Times.number(version.get(asOf.validFrom()));
            if (time != null && from != null && from <= time) {
                boolean later = newest == null || from > Times.number(newest.get(asOf.validFrom()));
                newest = later ? version : newest;
            }
        }
        if (newest == null) {
            return Optional.empty();
        }
        Long to = asOf.validTo().isPresent()
                ? Times.number(newest.get(asOf.validTo().get()))
                : null;
        long age = time - Times.number(newest.get(asOf.validFrom()));
        boolean tooOld = asOf.tolerance().isPresent()
                && age > Times.units(asOf.tolerance().get(), row.get(asOf.time()));
        return to != null && to <= time || tooOld ? Optional.empty() : Optional.of(newest);
    }

    /** The row with the new columns, where it is not left out. */
    Map<String, Object> joined(Map<String, Object> row, Optional<Map<String, Object>> found) {
        Map<String, Object> joined = new LinkedHashMap<>(row);
        settings.add().forEach((name, theirs) -> {
            Object missing = settings.missing() instanceof Missing.Default given
                    ? given.values().get(name)
                    : null;
            joined.put(name, found.isPresent() ? found.get().get(theirs) : missing);
        });
        return joined;
    }
}
