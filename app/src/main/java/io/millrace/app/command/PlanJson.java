package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.Split;
import io.millrace.api.data.Field;
import io.millrace.core.coordinator.PlanPreview;
import io.millrace.core.coordinator.Preview;
import io.millrace.core.lineage.Dependency;
import io.millrace.core.lineage.Origin;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Plans and previews for programs. */
final class PlanJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlanJson() {}

    static ObjectNode of(PlanPreview plan) {
        ObjectNode json = JSON.createObjectNode()
                .put("source", plan.source())
                .put("target", plan.target())
                .put("mode", plan.mode().name().toLowerCase(Locale.ROOT))
                .put("history", plan.history().orElse(null))
                .put("repeatability", plan.repeatability().name().toLowerCase(Locale.ROOT));
        plan.warnings().forEach(json.putArray("warnings")::add);
        plan.pushedDown().forEach(json.putArray("pushed_down")::add);
        ArrayNode splits = json.putArray("splits");
        for (Split split : plan.splits()) {
            splits.addObject()
                    .put("id", split.id())
                    .put("estimated_rows", split.estimatedRows())
                    .put("estimated_bytes", split.estimatedBytes());
        }
        ArrayNode stages = json.putArray("stages");
        for (int i = 0; i < plan.stages().size(); i++) {
            ObjectNode stage = stages.addObject().put("step", plan.stages().get(i));
            ArrayNode columns = stage.putArray("columns");
            for (Field field : plan.schemas().get(i)) {
                columns.addObject()
                        .put("name", field.name())
                        .put("type", field.type().toString())
                        .put("nullable", field.nullable());
            }
        }
        ObjectNode lineage = json.putObject("lineage");
        ArrayNode columns = lineage.putArray("columns");
        for (String name : plan.lineage().columns()) {
            dependencies(
                    plan.lineage().of(name),
                    columns.addObject().put("name", name).putArray("from"));
        }
        dependencies(plan.lineage().rows(), lineage.putArray("rows"));
        return json;
    }

    private static void dependencies(List<Dependency> dependencies, ArrayNode into) {
        for (Dependency dependency : dependencies) {
            ObjectNode one = into.addObject().put("column", dependency.origin().column());
            if (dependency.origin() instanceof Origin.LookedUp looked) {
                one.put("lookup", looked.lookup()).put("connector", looked.connector());
            }
            one.put("part", LineageText.word(dependency.part()));
            dependency.steps().forEach(one.putArray("steps")::add);
        }
    }

    static ObjectNode of(Preview preview) {
        ObjectNode json = JSON.createObjectNode();
        preview.stages().forEach(json.putArray("stages")::add);
        ArrayNode rows = json.putArray("rows");
        for (Preview.PreviewRow row : preview.rows()) {
            ObjectNode shown = rows.addObject()
                    .put("split", row.split())
                    .put("ordinal", row.ordinal())
                    .put("from", preview.stages().get(row.from()))
                    .put("ending", row.ending().orElse(null));
            ArrayNode records = shown.putArray("records");
            for (Map<String, Object> record : row.records()) {
                ObjectNode values = records.addObject();
                record.forEach((name, value) -> values.set(
                        name,
                        value == null || value instanceof Number || value instanceof Boolean
                                ? JSON.valueToTree(value)
                                : JSON.getNodeFactory().textNode(PreviewCommand.text(value))));
            }
        }
        return json;
    }
}
