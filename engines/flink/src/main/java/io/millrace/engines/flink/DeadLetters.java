package io.millrace.engines.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.CommitId;
import io.millrace.api.DirectLoader;
import io.millrace.api.DirectWriter;
import io.millrace.api.DurableFiles;
import io.millrace.api.ErrorKind;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.StagingLoader;
import io.millrace.api.StagingWriter;
import io.millrace.api.StreamUnit;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.reject.RejectReader;
import io.millrace.core.reject.RejectWriter;
import io.millrace.core.reject.RejectedRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Brings a checkpoint's rejected rows to where they are kept: as files in the state folder, or as rows into a target, exactly
 * once like all others.
 */
final class DeadLetters {
    /** The columns of dead letters. */
    static final Schema SCHEMA = Schema.of(
            new Field("run", DataType.STRING, false),
            new Field("split", DataType.STRING, false),
            new Field("ordinal", DataType.INT64, false),
            new Field("step", DataType.STRING, false),
            new Field("column", DataType.STRING, true),
            new Field("reason", DataType.STRING, false),
            new Field("value", DataType.STRING, true),
            new Field("row", DataType.JSON, true));

    private static final int BATCH_ROWS = 1_024;
    private static final String PIECE = "rejects";

    private final StreamParts parts;
    private final int attempt;

    DeadLetters(StreamParts parts, int attempt) {
        this.parts = parts;
        this.attempt = attempt;
    }

    /**
     * Takes these files of the pending folder over.
     *
     * @param mayBeThere true where an earlier attempt may have done so
     */
    void take(long checkpoint, List<String> files, boolean mayBeThere) {
        if (files.isEmpty()) {
            return;
        }
        if (parts.deadLetters().isEmpty()) {
            files.forEach(file -> keep(checkpoint, file));
            return;
        }
        Loader loader = parts.deadLetters().get();
        if (!mayBeThere || !isThere(loader, checkpoint)) {
            List<Path> paths =
                    files.stream().map(parts.pendingFolder()::resolve).toList();
            RejectWriter refused = new RejectWriter(
                    parts.rejectsFolder().resolve("dead-letters-" + UUID.randomUUID() + ".jsonl"),
                    parts.lineage().id());
            if (loader instanceof StagingLoader staging) {
                stage(staging, checkpoint, paths, refused);
            } else {
                write((DirectLoader) loader, checkpoint, paths, refused);
            }
            // What not even the dead letters' target takes stays for people to see.
            refused.stage();
        }
        files.forEach(file -> delete(parts.pendingFolder().resolve(file)));
    }

    private void keep(long checkpoint, String file) {
        Path from = parts.pendingFolder().resolve(file);
        Path to = parts.rejectsFolder().resolve(StreamUnit.of(checkpoint) + "-" + file);
        try {
            DurableFiles.createDirectories(to.getParent());
            if (Files.exists(from)) {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
                DurableFiles.syncDirectory(to.getParent());
            } else if (!Files.exists(to)) {
                throw new MillraceException(
                        ErrorKind.STALE,
                        "the rejected rows in " + from
                                + ", which a checkpoint names, are gone; restore the file, or begin anew"
                                + " with --restart");
            }
        } catch (IOException failed) {
            throw MillraceException.unavailable("cannot keep rejected rows in " + to + " (" + failed + ")", failed);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
            // The stream's next start removes it.
        }
    }

    private Lineage lineage() {
        return StreamParts.deadLetterLineage(parts.lineage());
    }

    private Fence fence() {
        return parts.deadLetterFence().orElseThrow();
    }

    private WriteTask task(long checkpoint) {
        return new WriteTask(lineage(), StreamUnit.of(checkpoint), PIECE, attempt, fence());
    }

    private boolean isThere(Loader loader, long checkpoint) {
        return loader instanceof DirectLoader direct
                ? direct.find(task(checkpoint)).isPresent()
                : loader.lastCommitted(lineage()).orElse(Long.MIN_VALUE) >= checkpoint;
    }

    private void stage(StagingLoader loader, long checkpoint, List<Path> files, RejectWriter refused) {
        WriteTask task = new WriteTask(lineage(), lineage().id(), PIECE + "-" + checkpoint, attempt, fence());
        try (StagingWriter writer = loader.open(task, SCHEMA)) {
            read(files, batch -> writer.write(batch, refused.at("dead_letter")));
            loader.commit(new CommitId(lineage(), lineage().id(), checkpoint, fence()), List.of(writer.stage()));
        }
    }

    private void write(DirectLoader loader, long checkpoint, List<Path> files, RejectWriter refused) {
        try (DirectWriter writer = loader.open(task(checkpoint), SCHEMA)) {
            read(files, batch -> writer.write(batch, refused.at("dead_letter")));
            writer.flush(refused);
            writer.commit(PIECE);
        }
    }

    private void read(List<Path> files, Consumer<Batch> taking) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        RejectReader.read(files, row -> {
            builder.appendRecord(record(row));
            if (builder.rowCount() == BATCH_ROWS) {
                taking.accept(builder.build(null));
            }
            return true;
        });
        if (builder.rowCount() > 0) {
            taking.accept(builder.build(null));
        }
    }

    private static Map<String, Object> record(RejectedRow row) {
        Map<String, Object> record = new HashMap<>();
        record.put("run", row.run());
        record.put("split", row.split());
        record.put("ordinal", row.ordinal());
        record.put("step", row.step());
        record.put("column", row.column());
        record.put("reason", row.reason());
        record.put("value", row.value());
        JsonNode whole = row.row();
        record.put("row", whole == null || whole.isNull() ? null : whole.toString());
        return record;
    }
}
