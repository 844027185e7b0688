package io.millrace.connectors.files;

import io.millrace.api.CommitId;
import io.millrace.api.CommitResult;
import io.millrace.api.Failpoint;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.Recount;
import io.millrace.api.RecountRequest;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteMode;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Schema;
import io.millrace.formats.parquet.FileSummary;
import io.millrace.formats.parquet.ParquetBatchWriter;
import io.millrace.formats.parquet.ParquetFooter;
import io.millrace.formats.parquet.partitioned.Partition;
import io.millrace.formats.parquet.partitioned.PartitionedWriter;
import io.millrace.formats.parquet.partitioned.WrittenFile;
import io.millrace.storage.OpenUpload;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Writes Parquet files below a prefix of S3. Pieces are staged as uploads that are not completed, which nobody sees; the
 * lineage's log is fence and commit point; from it the uploads are completed, by this process or by whoever comes next.
 */
final class RemoteParquetLoader implements StagingLoader {
    private final ParquetTargetSettings settings;
    private final Storage storage;
    private Schema preparedSchema;
    private Lineage preparedLineage;
    private Fence preparedFence;

    RemoteParquetLoader(ParquetTargetSettings settings, Storage storage) {
        this.settings = settings;
        this.storage = storage;
    }

    @Override
    public String describe() {
        return "parquet " + storage.root();
    }

    @Override
    public WriteMode mode() {
        return settings.mode().writeMode();
    }

    @Override
    public List<String> partitionBy() {
        return settings.partitionBy();
    }

    @Override
    public void validate(Schema schema) {
        Schema dataSchema = TargetCheck.dataSchema(schema, settings, storage.root());
        Optional<String> existing = new RemoteData(storage).any();
        if (settings.mode() != ParquetTargetSettings.Mode.OVERWRITE && existing.isPresent()) {
            new ExistingData(storage.root(), existing.get(), this::schemaOf)
                    .requireSame(dataSchema, settings.partitionBy());
        }
    }

    private Schema schemaOf(String key) {
        StoredObject object = storage.find(key)
                .orElseThrow(() -> MillraceException.unavailable(storage.nameOf(key) + " is gone", null));
        try (ObjectBytes bytes = new ObjectBytes(storage, object)) {
            return ParquetFooter.read(bytes, Optional.empty()).schema();
        }
    }

    @Override
    public Fence prepare(LoadRequest request) {
        validate(request.schema());
        RemotePublisher publisher = new RemotePublisher(storage);
        publisher.finishAll();
        LineageLog log = new LineageLog(storage, request.lineage());
        while (true) {
            Optional<LineageLog.Entry> last = log.last();
            if (last.isPresent() && last.get().kind() == LineageLog.Kind.COMMIT) {
                // Decided a moment ago by the predecessor: carried out before it is fenced.
                publisher.publish(
                        last.get().manifest().orElseThrow(), last.get().number());
                continue;
            }
            long epoch = last.map(LineageLog.Entry::number).orElse(0L) + 1;
            if (log.append(new LineageLog.Entry(epoch, LineageLog.Kind.FENCE, Optional.empty()))) {
                preparedLineage = request.lineage();
                preparedSchema = request.schema();
                preparedFence = new Fence(epoch);
                return preparedFence;
            }
        }
    }

    @Override
    public StagingWriter open(WriteTask task, Schema schema) {
        LineageLog log = new LineageLog(storage, task.lineage());
        log.require(task.fence(), 0);
        RemoteOutputs outputs = new RemoteOutputs(storage, task);
        PartitionedWriter writer = new PartitionedWriter(
                schema,
                settings.partitionBy(),
                settings.options(ParquetLoader.metadata()),
                settings.fileSize().bytes(),
                outputs);
        return new RemoteStagingWriter(outputs, writer, log);
    }

    @Override
    public CommitResult commit(CommitId id, List<Staged> staged) {
        if (storage.find(RemoteLayout.committed(id)).isPresent()) {
            return CommitResult.ALREADY_COMMITTED;
        }
        LineageLog log = new LineageLog(storage, id.lineage());
        RemotePublisher publisher = new RemotePublisher(storage);
        publisher.finishAll();
        long last = log.require(id.fence(), 0);
        if (storage.find(RemoteLayout.committed(id)).isPresent()) {
            // It had been decided, and has just been finished.
            return CommitResult.COMMITTED;
        }
        List<StagedObject> files = files(id, staged);
        RemoteManifest manifest = new RemoteManifest(id, files, replaced(files));
        publisher.announce(manifest);
        Failpoint.MID_COMMIT.reached();
        while (!log.append(new LineageLog.Entry(last + 1, LineageLog.Kind.COMMIT, Optional.of(manifest)))) {
            last = log.require(id.fence(), last);
        }
        publisher.publish(manifest, last + 1);
        return CommitResult.COMMITTED;
    }

    private List<StagedObject> files(CommitId id, List<Staged> staged) {
        List<StagedObject> files = new ArrayList<>();
        staged.forEach(piece -> files.addAll(StagedObject.of(piece)));
        boolean wouldBeEmpty = files.isEmpty()
                && (mode() == WriteMode.OVERWRITE
                        || new RemoteData(storage).any().isEmpty());
        if (wouldBeEmpty && settings.partitionBy().isEmpty() && preparedSchema != null) {
            files.addAll(emptyFile(id));
        }
        return files;
    }

    /** A file without rows: Spark and DuckDB cannot read a folder without any file, and from this one take the columns. */
    private List<StagedObject> emptyFile(CommitId id) {
        WriteTask task = new WriteTask(id.lineage(), id.unit(), "empty", 0, id.fence());
        RemoteOutputs outputs = new RemoteOutputs(storage, task);
        try (ParquetBatchWriter writer = new ParquetBatchWriter(
                outputs.create(Partition.NONE, 0), preparedSchema, settings.options(ParquetLoader.metadata()))) {
            FileSummary summary = writer.finish();
            return List.of(outputs.staged(new WrittenFile(Partition.NONE, 0, summary)));
        } catch (IOException impossible) {
            throw MillraceException.unavailable("cannot write to " + storage.root(), impossible);
        }
    }

    private List<String> replaced(List<StagedObject> files) {
        RemoteData data = new RemoteData(storage);
        return switch (settings.mode()) {
            case APPEND -> List.of();
            case OVERWRITE -> data.below("");
            case OVERWRITE_PARTITIONS -> {
                Set<String> folders = new HashSet<>();
                files.forEach(file -> folders.add(file.folder()));
                List<String> replaced = new ArrayList<>();
                folders.stream().sorted().forEach(folder -> replaced.addAll(data.below(folder)));
                yield replaced;
            }
        };
    }

    @Override
    public OptionalLong lastCommitted(Lineage lineage) {
        String prefix = RemoteLayout.COMMITS + RemoteLayout.commitsOf(lineage);
        Iterator<StoredObject> commits = storage.list(prefix);
        OptionalLong last = OptionalLong.empty();
        while (commits.hasNext()) {
            String name = commits.next().key().substring(prefix.length());
            long sequence = Long.parseLong(name.substring(0, name.indexOf('~')));
            last = OptionalLong.of(Math.max(sequence, last.orElse(Long.MIN_VALUE)));
        }
        return last;
    }

    @Override
    public Recount recount(RecountRequest request) {
        if (storage.find(RemoteLayout.committed(request.id())).isEmpty()) {
            return new Recount(
                    OptionalLong.of(0), 0, "its manifest", List.of("the target has no finished commit of it"));
        }
        // Logs of other lineages are not looked through: whoever came later may have replaced what is gone.
        FileRecount recount = new FileRecount(storage, key -> !request.newest() && mode() != WriteMode.APPEND);
        for (Staged piece : request.staged()) {
            StagedObject.of(piece).forEach(file -> recount.count(file.upload().key(), file.rows()));
        }
        return recount.result();
    }

    @Override
    public void cleanup(Lineage lineage, Collection<Staged> live) {
        Failpoint.DURING_CLEANUP.reached();
        LineageLog log = new LineageLog(storage, lineage);
        RemotePublisher publisher = new RemotePublisher(storage);
        boolean givenUp = !lineage.equals(preparedLineage) && live.isEmpty();
        if (givenUp) {
            endForeign(log);
        } else if (lineage.equals(preparedLineage)) {
            log.require(preparedFence, 0);
        }
        publisher.finish(lineage);
        if (givenUp) {
            publisher.forget(lineage);
        } else {
            publisher.forgetComplete(lineage);
        }
        Set<OpenUpload> kept = new HashSet<>();
        live.forEach(piece ->
                StagedObject.of(piece).forEach(file -> kept.add(file.upload().open())));
        Iterator<OpenUpload> uploads = storage.uploads("");
        while (uploads.hasNext()) {
            OpenUpload upload = uploads.next();
            if (upload.key().contains(RemoteLayout.mark(lineage)) && !kept.contains(upload)) {
                Failpoint.DURING_CLEANUP.reached();
                storage.abort(upload);
            }
        }
    }

    /** Fences whoever may still write for a lineage that is given up. */
    private void endForeign(LineageLog log) {
        Optional<LineageLog.Entry> last = log.last();
        while (last.isPresent()
                && last.get().kind() != LineageLog.Kind.COMMIT
                && !log.append(
                        new LineageLog.Entry(last.get().number() + 1, LineageLog.Kind.FENCE, Optional.empty()))) {
            last = log.last();
        }
    }

    @Override
    public void close() {
        storage.close();
    }
}
