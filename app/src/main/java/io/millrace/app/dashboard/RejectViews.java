package io.millrace.app.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.PieceResult;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.reject.RejectReader;
import io.millrace.core.reject.RejectedRow;
import io.millrace.core.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rejected rows of a run: how many for which reason, and the first few of each. */
final class RejectViews {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROWS_READ = 200_000;
    private static final int REASONS = 100;
    private static final int SAMPLES = 5;

    private final Ledger ledger;
    private final Path stateFolder;

    RejectViews(Ledger ledger, Path stateFolder) {
        this.ledger = ledger;
        this.stateFolder = stateFolder;
    }

    private static final class Reason {
        private long rows;
        private final List<RejectedRow> first = new ArrayList<>();
    }

    private record Cause(String step, String column, String reason) {}

    ObjectNode of(RunRecord run) {
        Map<Cause, Reason> reasons = new LinkedHashMap<>();
        int[] read = {0};
        RejectReader.read(files(run), row -> {
            Cause cause = new Cause(row.step(), row.column(), row.reason());
            if (reasons.containsKey(cause) || reasons.size() < REASONS) {
                Reason reason = reasons.computeIfAbsent(cause, absent -> new Reason());
                reason.rows++;
                if (reason.first.size() < SAMPLES) {
                    reason.first.add(row);
                }
            }
            return ++read[0] < ROWS_READ;
        });
        ObjectNode json = JSON.createObjectNode().put("read", read[0]).put("all", read[0] < ROWS_READ);
        ArrayNode list = json.putArray("reasons");
        reasons.entrySet().stream()
                .sorted((one, other) -> Long.compare(other.getValue().rows, one.getValue().rows))
                .forEach(entry -> {
                    ObjectNode reason = list.addObject()
                            .put("step", entry.getKey().step())
                            .put("column", entry.getKey().column())
                            .put("reason", entry.getKey().reason())
                            .put("rows", entry.getValue().rows);
                    reason.set("first", JSON.valueToTree(entry.getValue().first));
                });
        return json;
    }

    private List<Path> files(RunRecord run) {
        List<PieceResult> results = ledger.results(run.id());
        ledger.fetchFiles(run);
        RunFolder folder = new RunFolder(stateFolder, run.id(), run.rejects());
        List<Path> files = new ArrayList<>(folder.rejectFiles(results));
        files.addAll(folder.uncountedRejectFiles(results));
        return files;
    }
}
