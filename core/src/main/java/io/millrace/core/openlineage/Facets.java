package io.millrace.core.openlineage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.lineage.ColumnLineage;
import io.millrace.core.lineage.Dependency;
import io.millrace.core.lineage.Origin;
import io.millrace.core.lineage.Part;
import io.millrace.core.transform.check.CheckOutcome;
import io.millrace.core.transform.check.Severity;
import java.util.List;

/** The facets of events, as the OpenLineage specification has them. */
final class Facets {
    private static final String SPECIFICATION = "https://openlineage.io/spec/facets/";
    /** Of tables that steps look up in, of which only the connector and the step are known. */
    private static final String LOOKED_UP = "millrace-lookup/";

    private Facets() {}

    private static ObjectNode facet(String version, String name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("_producer", OpenLineage.PRODUCER)
                .put("_schemaURL", SPECIFICATION + version + "/" + name + ".json#/$defs/" + name);
    }

    static ObjectNode schema(Schema schema) {
        ObjectNode facet = facet("1-1-1", "SchemaDatasetFacet");
        ArrayNode fields = facet.putArray("fields");
        for (Field field : schema) {
            fields.addObject()
                    .put("name", field.name())
                    .put("type", field.type().toString());
        }
        return facet;
    }

    static ObjectNode columns(ColumnLineage lineage, Dataset source) {
        ObjectNode facet = facet("1-2-0", "ColumnLineageDatasetFacet");
        ObjectNode fields = facet.putObject("fields");
        for (String column : lineage.columns()) {
            ArrayNode inputs = fields.putObject(column).putArray("inputFields");
            lineage.of(column).forEach(dependency -> inputs.add(input(dependency, source)));
        }
        ArrayNode all = facet.putArray("dataset");
        lineage.rows().forEach(dependency -> all.add(input(dependency, source)));
        return facet;
    }

    private static ObjectNode input(Dependency dependency, Dataset source) {
        Origin origin = dependency.origin();
        Dataset from = origin instanceof Origin.LookedUp looked ? lookedUp(looked) : source;
        ObjectNode input = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", from.namespace())
                .put("name", from.name())
                .put("field", origin.column());
        ObjectNode how = input.putArray("transformations")
                .addObject()
                .put("type", dependency.part().direct() ? "DIRECT" : "INDIRECT")
                .put("subtype", subtype(dependency.part()))
                .put("masking", false);
        if (!dependency.steps().isEmpty()) {
            how.put("description", String.join(", ", dependency.steps()));
        }
        return input;
    }

    static Dataset lookedUp(Origin.LookedUp looked) {
        return new Dataset(LOOKED_UP + looked.connector(), looked.lookup());
    }

    private static String subtype(Part part) {
        return switch (part) {
            case IDENTITY -> "IDENTITY";
            case VALUE -> "TRANSFORMATION";
            case FILTER, REJECT -> "FILTER";
            case KEY -> "GROUP_BY";
            case ORDER, TIE_BREAK -> "SORT";
        };
    }

    static ObjectNode read(long rows) {
        return facet("1-0-0", "InputStatisticsInputDatasetFacet").put("rowCount", rows);
    }

    static ObjectNode written(long rows) {
        return facet("1-0-2", "OutputStatisticsOutputDatasetFacet").put("rowCount", rows);
    }

    static ObjectNode assertions(List<CheckOutcome> checks) {
        ObjectNode facet = facet("1-1-0", "DataQualityAssertionsDatasetFacet");
        ArrayNode assertions = facet.putArray("assertions");
        for (CheckOutcome check : checks) {
            ObjectNode one = assertions
                    .addObject()
                    .put("assertion", check.check())
                    .put("success", check.passed())
                    .put("severity", check.severity() == Severity.WARN ? "warn" : "error");
            check.problem().ifPresent(problem -> one.put("actual", problem));
        }
        return facet;
    }

    static ObjectNode error(String message) {
        return facet("1-0-1", "ErrorMessageRunFacet").put("message", message).put("programmingLanguage", "JAVA");
    }

    static ObjectNode nominalTime(String start, String end) {
        ObjectNode facet = facet("1-0-1", "NominalTimeRunFacet").put("nominalStartTime", start);
        return end == null ? facet : facet.put("nominalEndTime", end);
    }

    static ObjectNode jobType() {
        return facet("2-0-3", "JobTypeJobFacet")
                .put("processingType", "BATCH")
                .put("integration", "MILLRACE")
                .put("jobType", "JOB");
    }

    /** Our own: how the run is known here, and where its rows went. */
    static ObjectNode run(String id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("_producer", OpenLineage.PRODUCER)
                .put("_schemaURL", "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunFacet")
                .put("run", id);
    }
}
