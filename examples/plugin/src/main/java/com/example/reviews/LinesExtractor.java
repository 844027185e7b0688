package com.example.reviews;

import io.millrace.api.BatchReader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a text file as one split that ends where the file ended when it was planned. */
final class LinesExtractor implements Extractor {
    static final Schema SCHEMA =
            Schema.of(new Field("line", DataType.INT64, false), new Field("text", DataType.STRING, false));

    private final Path file;
    private volatile int batchRows = 8192;

    LinesExtractor(Path file) {
        this.file = file;
    }

    @Override
    public String describe() {
        return file.toString();
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    /** Lines have no time: windows are refused. */
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
        long size = size();
        Split whole = new Split("lines", 1, String.valueOf(size), -1, size);
        return new Plan(List.of(whole).iterator(), Repeatability.REPEATABLE, pin(), Optional.empty(), List.of());
    }

    /** After a crash, what was read before counts only if the file is still the same. */
    @Override
    public PinState check(String pin) {
        return pin.equals(pin()) ? PinState.VALID : PinState.RESTART;
    }

    @Override
    public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        return new LineReader(file, split, batchRows, rejects);
    }

    private String pin() {
        try {
            return size() + " bytes of " + Files.getLastModifiedTime(file);
        } catch (IOException failed) {
            throw MillraceException.unavailable("cannot look at " + file + " (" + failed + ")", failed);
        }
    }

    private long size() {
        if (!Files.isRegularFile(file)) {
            throw MillraceException.user("there is no file " + file + "; relative paths begin at the pipeline file");
        }
        try {
            return Files.size(file);
        } catch (IOException failed) {
            throw MillraceException.unavailable("cannot look at " + file + " (" + failed + ")", failed);
        }
    }

    @Override
    public void close() {}
}
