package io.millrace.core.learned;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what {@link FitFileWriter} wrote. A vocabulary, which may be long, never becomes a tree of JSON nodes. */
final class FitFileReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VOCABULARY = "vocabulary";

    private FitFileReader() {}

    /** IllegalArgumentException, or an exception of the JSON library, where the content is not as it should be. */
    static FitFile read(String text, String name) throws IOException {
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        Optional<Vocabulary> vocabulary = Optional.empty();
        try (JsonParser json = JSON.createParser(text)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "not an object");
            for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
                json.nextToken();
                if (key.equals(VOCABULARY)) {
                    vocabulary = Optional.of(vocabulary(json));
                } else {
                    keys.set(key, json.readValueAsTree());
                }
            }
        }
        FitFileFormat.requireVersion(keys.path(FitFileFormat.VERSION_KEY), name);
        return new FitFile(
                required(keys, "kind").asText(),
                texts(required(keys, "columns")),
                settings(required(keys, "learned_with")),
                new Learned(numbers(required(keys, "parameters")), doubles(required(keys, "edges")), vocabulary),
                statistics(required(keys, "statistics")),
                provenance(required(keys, "provenance")));
    }

    private static Vocabulary vocabulary(JsonParser json) throws IOException {
        require(json.currentToken() == JsonToken.START_OBJECT, "vocabulary is not an object");
        ColumnBuilder values = null;
        long[] counts = new long[1024];
        int size = 0;
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            json.nextToken();
            if (key.equals("type")) {
                values = ColumnBuilder.of(DataType.parse(json.getText()).orElseThrow());
                continue;
            }
            require(values != null && json.currentToken() == JsonToken.START_ARRAY, "vocabulary." + key);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (key.equals("values")) {
                    values.append(
                            values.type().equals(DataType.STRING) ? json.getText() : (Object) json.getLongValue());
                } else {
                    counts = size == counts.length ? Arrays.copyOf(counts, 2 * size) : counts;
                    counts[size++] = json.getLongValue();
                }
            }
        }
        require(values != null && values.length() == size, "vocabulary has not as many counts as values");
        return new Vocabulary(values.build(), Arrays.copyOf(counts, size));
    }

    private static Statistics statistics(JsonNode node) {
        long rows = required(node, "rows").asLong();
        long nulls = required(node, "nulls").asLong();
        if (!node.has("bins")) {
            List<ValueStatistics.TopValue> top = new ArrayList<>();
            required(node, "top")
                    .forEach(value -> top.add(new ValueStatistics.TopValue(
                            required(value, "value").asText(),
                            required(value, "count").asLong())));
            return new ValueStatistics(
                    rows,
                    nulls,
                    required(node, "values").asLong(),
                    required(node, "distinct").asLong(),
                    required(node, "outside").asLong(),
                    top);
        }
        SortedMap<Double, Double> quantiles = new TreeMap<>();
        numbers(required(node, "quantiles")).forEach((share, value) -> quantiles.put(Double.valueOf(share), value));
        List<Long> counts = new ArrayList<>();
        required(node.get("bins"), "counts").forEach(count -> counts.add(count.asLong()));
        return new NumberStatistics(
                rows,
                nulls,
                required(node, "nan").asLong(),
                required(node, "infinite").asLong(),
                required(node, "min").asDouble(),
                required(node, "max").asDouble(),
                required(node, "mean").asDouble(),
                required(node, "stddev").asDouble(),
                required(node, "quantile_method").asText(),
                quantiles,
                new Bins(doubles(required(node.get("bins"), "edges")), counts));
    }

    private static Provenance provenance(JsonNode node) {
        return new Provenance(
                required(node, "pipeline").asText(),
                required(node, "source").asText(),
                required(node, "window").asText(),
                required(node, "extracted").asLong(),
                required(node, "rejected").asLong(),
                Instant.parse(required(node, "learned_at").asText()),
                required(node, "definition").asText(),
                required(node, "version").asText());
    }

    private static Map<String, Double> numbers(JsonNode node) {
        Map<String, Double> numbers = new TreeMap<>();
        node.fields()
                .forEachRemaining(
                        field -> numbers.put(field.getKey(), field.getValue().asDouble()));
        return numbers;
    }

    private static Map<String, String> settings(JsonNode node) {
        Map<String, String> settings = new TreeMap<>();
        node.fields()
                .forEachRemaining(
                        field -> settings.put(field.getKey(), field.getValue().asText()));
        return settings;
    }

    private static List<Double> doubles(JsonNode node) {
        List<Double> values = new ArrayList<>();
        node.forEach(value -> values.add(value.asDouble()));
        return values;
    }

    private static List<String> texts(JsonNode node) {
        List<String> values = new ArrayList<>();
        node.forEach(value -> values.add(value.asText()));
        return values;
    }

    private static JsonNode required(JsonNode node, String key) {
        JsonNode value = node.get(key);
        require(value != null, "the key '" + key + "' is missing");
        return value;
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }
}
