package io.millrace.app.init;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.Lookup;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import io.millrace.core.config.SettingsMaps;
import io.millrace.core.transform.clean.CleanFactory;
import io.millrace.core.transform.clean.CleanSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a column of text really holds: the first type to which the step {@code clean} converts every sampled value. */
final class TextType {
    /** Dates whose day and month could be exchanged are taken for neither, unless only one reading fits. */
    private static final List<List<String>> PATTERNS = List.of(
            List.of("yyyy/MM/dd HH:mm:ss"),
            List.of("dd.MM.yyyy HH:mm:ss"),
            List.of("yyyy-MM-dd HH.mm.ss"),
            List.of("MM/dd/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm:ss"));

    private static final List<List<String>> DATES =
            List.of(List.of("yyyy/MM/dd"), List.of("dd.MM.yyyy"), List.of("MM/dd/yyyy", "dd/MM/yyyy"));

    private final Batch column;
    private final Set<String> values = new LinkedHashSet<>();

    private TextType(Batch rows, String name) {
        this.column = rows.withColumns(
                Schema.of(rows.schema().field(rows.schema().indexOf(name))), List.of(rows.column(name)));
        Column cells = rows.column(name);
        for (int row = 0; row < rows.rowCount(); row++) {
            if (cells.value(row) instanceof String text) {
                values.add(text.strip());
            }
        }
    }

    /** What to write under {@code clean.types}; empty where it is text. */
    static Optional<Object> of(Batch rows, String name) {
        TextType type = new TextType(rows, name);
        return type.values.isEmpty() ? Optional.empty() : type.find();
    }

    private Optional<Object> find() {
        boolean numbered = values.stream().noneMatch(text -> text.matches("[+-]?0\\d.*"));
        List<Object> candidates = new ArrayList<>();
        if (numbered) {
            candidates.add("int64");
            candidates.add("float64");
        }
        if (values.stream().allMatch(text -> text.matches("(?i)true|false|yes|no"))) {
            candidates.add("boolean");
        }
        candidates.add(values.stream().allMatch(text -> text.length() == 10) ? "date" : "timestamp");
        for (Object candidate : candidates) {
            if (converts(candidate)) {
                return Optional.of(candidate);
            }
        }
        return patterned("timestamp", PATTERNS).or(() -> patterned("date", DATES));
    }

    private Optional<Object> patterned(String type, List<List<String>> readings) {
        for (List<String> alternatives : readings) {
            List<Object> fitting = new ArrayList<>();
            for (String pattern : alternatives) {
                Object candidate = Map.of(type, pattern);
                if (converts(candidate)) {
                    fitting.add(candidate);
                }
            }
            if (fitting.size() == 1) {
                return Optional.of(fitting.get(0));
            }
        }
        return Optional.empty();
    }

    private boolean converts(Object type) {
        String name = column.schema().field(0).name();
        CleanSettings settings = SettingsMaps.bind(CleanSettings.class, "init", Map.of("types", Map.of(name, type)));
        try (BoundTransform bound = new CleanFactory().create(settings).bind(column.schema(), new Unbound())) {
            return bound.apply(column, new SampledSource.Count()).rowCount() == column.rowCount();
        }
    }

    /** Of a step that looks nothing up. */
    private static final class Unbound implements BindContext {
        @Override
        public Instant runStart() {
            return Instant.now();
        }

        @Override
        public Lookup lookup(String artifact) {
            throw new IllegalStateException("cleaning looks nothing up");
        }
    }
}
