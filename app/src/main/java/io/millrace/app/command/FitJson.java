package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.fit.Drift;
import io.millrace.core.fit.DriftReport;
import io.millrace.core.fit.FitResult;
import io.millrace.core.learned.FitFile;
import io.millrace.core.learned.NumberStatistics;
import io.millrace.core.learned.ValueStatistics;
import java.util.Map;

/** What was learned, and what has drifted, for programs. */
final class FitJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FitJson() {}

    static ObjectNode of(String pipeline, FitResult result) {
        ObjectNode json = JSON.createObjectNode()
                .put("pipeline", pipeline)
                .put("status", result.passes() == 0 ? "kept" : "learned")
                .put("passes", result.passes())
                .put("extracted", result.extracted())
                .put("rejected", result.rejected());
        ArrayNode files = json.putArray("files");
        result.learned().forEach((path, file) -> add(files, path, "learned", file));
        result.kept().forEach((path, file) -> add(files, path, "kept", file));
        return json;
    }

    private static void add(ArrayNode files, String path, String status, FitFile file) {
        ObjectNode json =
                files.addObject().put("path", path).put("status", status).put("kind", file.kind());
        file.columns().forEach(json.putArray("columns")::add);
        ObjectNode parameters = json.putObject("parameters");
        for (Map.Entry<String, Double> number : file.learned().numbers().entrySet()) {
            parameters.put(number.getKey(), number.getValue());
        }
        if (!file.learned().edges().isEmpty()) {
            file.learned().edges().forEach(parameters.putArray("edges")::add);
        }
        file.learned().vocabulary().ifPresent(vocabulary -> parameters.put("vocabulary_size", vocabulary.size()));
        ObjectNode statistics = json.putObject("statistics")
                .put("rows", file.statistics().rows())
                .put("nulls", file.statistics().nulls());
        if (file.statistics() instanceof NumberStatistics numbers) {
            statistics
                    .put("nan", numbers.nan())
                    .put("infinite", numbers.infinite())
                    .put("min", numbers.min())
                    .put("max", numbers.max())
                    .put("mean", numbers.mean())
                    .put("stddev", numbers.stddev());
        } else {
            ValueStatistics values = (ValueStatistics) file.statistics();
            statistics
                    .put("values", values.values())
                    .put("distinct", values.distinct())
                    .put("outside", values.outside());
        }
    }

    static ObjectNode of(String pipeline, DriftReport report, double maxPsi) {
        ObjectNode json = JSON.createObjectNode()
                .put("pipeline", pipeline)
                .put("status", report.above(maxPsi).isEmpty() ? "stable" : "drifted")
                .put("max_psi", maxPsi)
                .put("extracted", report.extracted())
                .put("rejected", report.rejected());
        ArrayNode columns = json.putArray("files");
        for (Drift drift : report.drifts()) {
            ObjectNode one = columns.addObject().put("path", drift.path()).put("kind", drift.kind());
            drift.columns().forEach(one.putArray("columns")::add);
            one.put("psi", drift.index())
                    .put("drifted", drift.index() > maxPsi)
                    .put("null_rate_before", drift.nullRateBefore())
                    .put("null_rate", drift.nullRateNow())
                    .put("mean_before", drift.meanBefore().orElse(null))
                    .put("mean", drift.meanNow().orElse(null))
                    .put("mean_shift", drift.meanShift().orElse(null));
            drift.newValues().ifPresent(values -> {
                ObjectNode found = one.putObject("new_values")
                        .put("distinct", values.distinct())
                        .put("share_before", values.shareBefore())
                        .put("share", values.share());
                values.examples().forEach(found.putArray("examples")::add);
            });
        }
        return json;
    }
}
