package io.millrace.core.lookup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands beside a file of a table's rows. Without it, or where they do not fit each other, the file counts for nothing.
 *
 * @param table what was read, without secrets
 * @param taken the moment in front of which every change to the table was finished that the rows show for certain
 * @param rows in the file
 * @param memory that they take, in bytes
 * @param text the bytes of text in each column, 0 for others
 * @param checksum of the whole file
 */
record TableManifest(
        String table, Instant taken, Schema schema, long rows, long memory, List<Long> text, String checksum) {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    String toJson() {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        root.put("table", table);
        root.put("taken", taken.toString());
        ArrayNode columns = root.putArray("columns");
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            columns.addObject()
                    .put("name", field.name())
                    .put("type", field.type().toString())
                    .put("nullable", field.nullable())
                    .put("text", text.get(i));
        }
        root.put("rows", rows);
        root.put("memory", memory);
        root.put("checksum", checksum);
        return root.toPrettyString() + "\n";
    }

    /** An IOException where the text is none of ours. */
    static TableManifest parse(String text) throws IOException {
        try {
            JsonNode root = JSON.readTree(text);
            if (root.path("version").asInt() != VERSION) {
                throw new IOException("it has the unknown version " + root.path("version"));
            }
            List<Field> fields = new ArrayList<>();
            List<Long> sizes = new ArrayList<>();
            for (JsonNode column : root.path("columns")) {
                DataType type = DataType.parse(column.path("type").asText())
                        .orElseThrow(() -> new IOException("it has the unknown type " + column.path("type")));
                fields.add(new Field(
                        column.path("name").asText(),
                        type,
                        column.path("nullable").asBoolean()));
                sizes.add(column.path("text").asLong());
            }
            return new TableManifest(
                    root.path("table").asText(),
                    Instant.parse(root.path("taken").asText()),
                    Schema.of(fields),
                    root.path("rows").asLong(-1),
                    root.path("memory").asLong(-1),
                    sizes,
                    root.path("checksum").asText());
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException damaged) {
            throw new IOException("it is damaged", damaged);
        }
    }
}
