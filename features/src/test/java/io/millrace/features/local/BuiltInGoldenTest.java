package io.millrace.features.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.BindContext;
import io.millrace.api.Lookup;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import io.millrace.core.reject.RejectWriter;
import io.millrace.core.step.BoundChain;
import io.millrace.core.step.StepChain;
import io.millrace.features.AsOfRange;
import io.millrace.features.BoundFeatures;
import io.millrace.features.BuiltInViews;
import io.millrace.features.FeatureView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The built-in views over a few events, as files beside this test say: to the last bit, and column by column. To write them anew
 * after a deliberate change: {@code -Dmillrace.golden.update}, and look at the difference.
 */
class BuiltInGoldenTest {
    private static final Schema EVENTS = Schema.of(
            Field.of("user_id", DataType.INT64),
            Field.of("item_id", DataType.INT64),
            Field.of("event_type", DataType.STRING),
            Field.of("category", DataType.STRING),
            Field.of("rating", DataType.FLOAT64),
            Field.of("price", DataType.FLOAT64),
            Field.of("timestamp", DataType.TIMESTAMP),
            Field.of("date", DataType.DATE));

    /** User, item, type, category, rating, price, time; a dash is null. */
    private static final String[] ROWS = {
        "1 10 view a - 9.9 2023-12-05T08:00:00Z",
        "1 10 view a - 9.9 2024-02-01T08:00:00Z",
        "1 10 click a - 9.9 2024-02-01T08:00:05Z",
        "1 10 purchase a 4.5 9.9 2024-02-01T08:10:00Z",
        "1 11 view a - 4.0 2024-02-01T08:50:00Z",
        "1 11 purchase a - 4.0 2024-02-28T23:59:59.999999Z",
        "1 12 purchase b 5.0 1.25 2024-02-29T00:00:00Z",
        "1 12 like b - 1.25 2024-02-29T12:00:00Z",
        "1 10 purchase a - 8.5 2024-02-29T12:00:00Z",
        "2 10 view a - 9.9 2024-02-20T10:00:00Z",
        "2 12 view b - 1.25 2024-02-25T10:00:00Z",
        "2 12 purchase b 3.0 1.25 2024-02-29T10:00:00Z",
        "2 10 purchase a 2.0 8.5 2024-02-29T10:20:00Z",
        "2 10 purchase a 2.0 8.5 2024-02-29T10:20:00Z",
        "2 - view - - - 2024-02-29T10:21:00Z",
        "3 13 view - - - 2024-02-29T23:59:59.999999Z",
        "3 13 click - - - 2024-03-01T00:00:00Z",
        "- 13 view b - 7.0 2024-02-29T05:00:00Z",
    };

    @TempDir
    Path folder;

    static List<String> views() {
        return BuiltInViews.names();
    }

    private static Map<String, Object> event(String row) {
        String[] cells = row.split(" ");
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("user_id", cells[0].equals("-") ? null : Long.valueOf(cells[0]));
        event.put("item_id", cells[1].equals("-") ? null : Long.valueOf(cells[1]));
        event.put("event_type", cells[2]);
        event.put("category", cells[3].equals("-") ? null : cells[3]);
        event.put("rating", cells[4].equals("-") ? null : Double.valueOf(cells[4]));
        event.put("price", cells[5].equals("-") ? null : Double.valueOf(cells[5]));
        event.put("timestamp", Instant.parse(cells[6]));
        event.put("date", null);
        return event;
    }

    @ParameterizedTest
    @MethodSource("views")
    void aBuiltInViewIsItsGoldenFile(String name) throws IOException {
        FeatureView view = BuiltInViews.view(name);
        List<Map<String, Object>> events = new ArrayList<>();
        for (String row : ROWS) {
            events.add(event(row));
        }
        AsOfRange range = AsOfRange.day(view, LocalDate.of(2024, 2, 29));
        List<String> lines =
                new ArrayList<>(List.of(BoundFeatures.of(view, EVENTS).output().toString()));
        ObjectMapper json = new ObjectMapper();
        for (Map<String, Object> row : rows(view, range, events)) {
            Map<String, Object> plain = new LinkedHashMap<>();
            row.forEach((column, value) -> plain.put(
                    column, value instanceof Instant || value instanceof LocalDate ? value.toString() : value));
            lines.add(json.writeValueAsString(plain));
        }
        lines.subList(1, lines.size()).sort(String::compareTo);
        String text = String.join("\n", lines) + "\n";
        Path golden = Path.of("src/test/resources/golden", name + ".jsonl");
        if (System.getProperty("millrace.golden.update") != null) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, text, StandardCharsets.UTF_8);
        }
        assertThat(text).isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
    }

    private List<Map<String, Object>> rows(FeatureView view, AsOfRange range, List<Map<String, Object>> events) {
        BindContext context = new BindContext() {
            @Override
            public Instant runStart() {
                return Instant.EPOCH;
            }

            @Override
            public Lookup lookup(String artifact) {
                throw MillraceException.user("there are no look-ups here");
            }
        };
        StepChain steps = StepChain.resolve(FeatureJobs.steps(view, range), EVENTS, context);
        assertThat(steps.output()).isEqualTo(BoundFeatures.of(view, EVENTS).output());
        Batch plain = Batch.ofRecords(EVENTS, events);
        Batch batch = Batch.of(EVENTS, plain.rowCount(), plain.columns(), Origin.of("events", 0));
        try (BoundChain chain = steps.bind(List.of());
                RejectWriter rejects = new RejectWriter(folder.resolve("rejects"), "golden")) {
            return chain.apply(batch, rejects).records();
        }
    }
}
