package io.millrace.formats.json;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decodes texts. */
final class Documents {
    private final BatchBuilder builder;
    private final JsonDecoder decoder;

    Documents(JsonFields fields, JsonLimits limits) {
        this.builder = new BatchBuilder(fields.schema());
        this.decoder = fields.decoder(builder, 0, limits);
    }

    static Documents of(JsonColumn... columns) {
        return new Documents(new JsonFields(List.of(columns)), JsonLimits.DEFAULT);
    }

    /** Fields as a pipeline file writes them, for instance {@code props.page string}. */
    static JsonColumn column(String name, String path, DataType type) {
        return new JsonColumn(name, JsonPath.parse(path), type, false, Optional.empty(), Optional.empty());
    }

    Optional<JsonFailure> add(String text) {
        byte[] document = text.getBytes(StandardCharsets.UTF_8);
        // In the middle of other bytes, which must not matter.
        byte[] bytes = new byte[document.length + 10];
        Arrays.fill(bytes, (byte) '7');
        System.arraycopy(document, 0, bytes, 5, document.length);
        return decoder.decode(bytes, 5, document.length);
    }

    Optional<JsonFailure> add(byte[] document) {
        return decoder.decode(document);
    }

    int rows() {
        return builder.rowCount();
    }

    List<Map<String, Object>> records() {
        Batch batch = builder.build(null);
        return batch.records();
    }

    /** The value that one column of a type gets from a document {@code {"c": value}}, or the reason why it gets none. */
    static Object value(DataType type, String json) {
        return value(JsonColumn.of("c", type), json);
    }

    static Object value(JsonColumn column, String json) {
        Documents documents = of(column);
        Optional<JsonFailure> failure = documents.add("{\"c\": " + json + "}");
        if (failure.isPresent()) {
            if (documents.rows() != 0) {
                throw new AssertionError("a refused row was kept");
            }
            return failure.get().reason();
        }
        return documents.records().get(0).get("c");
    }
}
