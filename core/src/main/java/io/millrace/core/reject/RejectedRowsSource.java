package io.millrace.core.reject;

import io.millrace.api.BatchReader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.data.Schema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Reads the rows that one step of a run has refused, as they came to that step. A split is a file. */
public final class RejectedRowsSource implements Extractor {
    private static final int VERSION = 1;
    private static final int USUAL_BATCH = 8_192;

    private final String run;
    private final String step;
    private final Schema schema;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private volatile int batchRows = USUAL_BATCH;

    /**
     * @param step the label of the step that refused the rows
     * @param schema of what comes to that step now; what does not fit it is rejected again
     */
    public RejectedRowsSource(String run, String step, Schema schema, List<Path> files) {
        this.run = run;
        this.step = step;
        this.schema = schema;
        files.forEach(file -> this.files.put(file.getFileName().toString(), file));
    }

    @Override
    public String describe() {
        return "rows that step '" + step + "' of run " + run + " rejected";
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Optional<String> timeColumn() {
        return Optional.empty();
    }

    @Override
    public OptionalLong rowCount() {
        return OptionalLong.empty();
    }

    @Override
    public Plan plan(ExtractRequest request) {
        batchRows = request.batchRows();
        List<Split> splits = new ArrayList<>();
        for (String name : files.keySet()) {
            splits.add(new Split("rejects-" + splits.size(), VERSION, name, -1, -1));
        }
        return new Plan(splits.iterator(), Repeatability.REPEATABLE, pin(), Optional.empty(), List.of());
    }

    /** Reject files of a finished run never change. */
    private String pin() {
        return files.entrySet().stream()
                .map(file -> file.getKey() + " " + size(file.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            throw unreadable(file, gone);
        }
    }

    @Override
    public PinState check(String pin) {
        return pin.equals(pin()) ? PinState.VALID : PinState.RESTART;
    }

    @Override
    public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        Path file = files.get(split.payload());
        try {
            BufferedReader lines = Files.newBufferedReader(file);
            return new RejectedRowsReader(lines, file, split.id(), step, schema, batchRows, rejects);
        } catch (IOException gone) {
            throw unreadable(file, gone);
        }
    }

    static MillraceException unreadable(Path file, IOException failed) {
        return MillraceException.denied(
                "cannot read the rejected rows in " + file + " (" + failed.getMessage()
                        + "); were its files moved or cut?",
                failed);
    }

    @Override
    public void close() {}
}
