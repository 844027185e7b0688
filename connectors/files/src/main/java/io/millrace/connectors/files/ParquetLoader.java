package io.millrace.connectors.files;

import io.millrace.api.CommitId;
import io.millrace.api.CommitResult;
import io.millrace.api.DurableFiles;
import io.millrace.api.Failpoint;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.Recount;
import io.millrace.api.RecountRequest;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteMode;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Schema;
import io.millrace.formats.parquet.ParquetBatchWriter;
import io.millrace.formats.parquet.ParquetOptions;
import io.millrace.formats.parquet.partitioned.Partition;
import io.millrace.formats.parquet.partitioned.PartitionedWriter;
import io.millrace.formats.parquet.partitioned.SafeName;
import io.millrace.storage.S3Settings;
import io.millrace.storage.Storage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a folder of Parquet files. Pieces are staged out of sight; a manifest in the target is the commit point; from it
 * the files are renamed into place, by this process or by whoever comes next.
 */
final class ParquetLoader implements StagingLoader {
    private static final String VERSION_KEY = "millrace.version";

    private final ParquetTargetSettings settings;
    private final TargetFolder target;
    private Schema preparedSchema;
    private Lineage preparedLineage;
    private Fence preparedFence;

    ParquetLoader(ParquetTargetSettings settings, Path root) {
        this.settings = settings;
        this.target = new TargetFolder(root.toAbsolutePath().normalize());
    }

    @Override
    public String describe() {
        return "parquet " + target.root();
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
        new TargetCheck(target, settings).check(schema);
    }

    @Override
    public Fence prepare(LoadRequest request) {
        validate(request.schema());
        try {
            preparedFence = TargetLock.holding(target, () -> {
                DurableFiles.createDirectories(target.commits());
                new Publisher(target).finishAll();
                return new StagingArea(target, request.lineage()).takeOver();
            });
            preparedLineage = request.lineage();
            preparedSchema = request.schema();
            return preparedFence;
        } catch (IOException failure) {
            throw FileFailure.of("cannot prepare", target.root(), failure);
        }
    }

    @Override
    public StagingWriter open(WriteTask task, Schema schema) {
        new StagingArea(target, task.lineage()).require(task.fence());
        StagingOutputs outputs = outputs(task);
        return new ParquetStagingWriter(
                outputs,
                new PartitionedWriter(
                        schema,
                        settings.partitionBy(),
                        options(),
                        settings.fileSize().bytes(),
                        outputs));
    }

    private StagingOutputs outputs(WriteTask task) {
        String unique = SafeName.of(task.piece()) + "." + task.attempt() + "."
                + UUID.randomUUID().toString().substring(0, 8);
        return new StagingOutputs(target, task, unique);
    }

    private ParquetOptions options() {
        return settings.options(metadata());
    }

    /** What footers say of their writer. */
    static Map<String, String> metadata() {
        String version = ParquetLoader.class.getPackage().getImplementationVersion();
        return Map.of(VERSION_KEY, version == null ? "development" : version);
    }

    @Override
    public CommitResult commit(CommitId id, List<Staged> staged) {
        try {
            return TargetLock.holding(target, () -> commitLocked(id, staged));
        } catch (IOException failure) {
            throw FileFailure.of("cannot commit to", target.root(), failure);
        }
    }

    private CommitResult commitLocked(CommitId id, List<Staged> staged) throws IOException {
        if (Files.exists(target.finishedManifest(id))) {
            return CommitResult.ALREADY_COMMITTED;
        }
        new StagingArea(target, id.lineage()).require(id.fence());
        boolean decided = Files.exists(target.manifest(id));
        Publisher publisher = new Publisher(target);
        publisher.finishAll();
        if (!decided) {
            DurableFiles.createDirectories(target.commits());
            Manifest manifest = new CommitPlan(target, settings.mode()).of(id, files(id, staged));
            DurableFiles.write(target.manifest(id), manifest.toBytes());
            publisher.publish(manifest);
        }
        return CommitResult.COMMITTED;
    }

    private List<StagedFile> files(CommitId id, List<Staged> staged) throws IOException {
        List<StagedFile> files = new ArrayList<>();
        staged.forEach(piece -> files.addAll(StagedFile.of(piece)));
        boolean wouldBeEmpty = files.isEmpty()
                && (mode() == WriteMode.OVERWRITE
                        || DataFiles.any(target.root()).isEmpty());
        if (wouldBeEmpty && settings.partitionBy().isEmpty() && preparedSchema != null) {
            files.add(emptyFile(id));
        }
        return files;
    }

    /** A file without rows: Spark and DuckDB cannot read a folder without any file, and from this one take the columns. */
    private StagedFile emptyFile(CommitId id) throws IOException {
        StagingOutputs outputs = outputs(new WriteTask(id.lineage(), id.unit(), "empty", 0, id.fence()));
        try (ParquetBatchWriter writer =
                new ParquetBatchWriter(outputs.create(Partition.NONE, 0), preparedSchema, options())) {
            StagedFile file = outputs.stage(Partition.NONE, 0, writer.finish());
            DurableFiles.syncDirectory(outputs.folder());
            return file;
        }
    }

    @Override
    public OptionalLong lastCommitted(Lineage lineage) {
        String prefix = TargetFolder.name(lineage) + "~";
        OptionalLong last = OptionalLong.empty();
        if (!Files.isDirectory(target.commits())) {
            return last;
        }
        try (DirectoryStream<Path> manifests = Files.newDirectoryStream(target.commits())) {
            for (Path manifest : manifests) {
                String name = manifest.getFileName().toString();
                if (name.startsWith(prefix)) {
                    String sequence = name.substring(prefix.length(), name.indexOf('~', prefix.length()));
                    last = OptionalLong.of(Math.max(Long.parseLong(sequence), last.orElse(Long.MIN_VALUE)));
                }
            }
            return last;
        } catch (IOException failure) {
            throw FileFailure.of("cannot read", target.root(), failure);
        }
    }

    @Override
    public Recount recount(RecountRequest request) {
        Path done = target.finishedManifest(request.id());
        if (!Files.exists(done)) {
            return new Recount(
                    OptionalLong.of(0),
                    0,
                    "its manifest",
                    List.of("the target has no finished commit of it: no " + done));
        }
        try (Storage storage =
                Storage.at(target.root().toString(), target.root(), S3Settings.DEFAULT, RetryPolicy.DEFAULT)) {
            Set<String> removed = removedByOthers(done);
            FileRecount recount = new FileRecount(storage, removed::contains);
            for (Manifest.Publication file :
                    Manifest.of(Files.readAllBytes(done), done).files()) {
                recount.count(file.target(), file.file().rows());
            }
            return recount.result();
        } catch (IOException failure) {
            throw FileFailure.of("cannot read", target.root(), failure);
        }
    }

    private Set<String> removedByOthers(Path own) throws IOException {
        Set<String> removed = new HashSet<>();
        try (DirectoryStream<Path> manifests = Files.newDirectoryStream(target.commits(), "[!.]*")) {
            for (Path manifest : manifests) {
                if (!manifest.equals(own)) {
                    removed.addAll(
                            Manifest.of(Files.readAllBytes(manifest), manifest).remove());
                }
            }
        }
        return removed;
    }

    @Override
    public void cleanup(Lineage lineage, Collection<Staged> live) {
        Failpoint.DURING_CLEANUP.reached();
        if (!Files.isDirectory(target.staging(lineage))) {
            return;
        }
        try {
            TargetLock.holding(target, () -> {
                cleanupLocked(lineage, live);
                return null;
            });
        } catch (IOException failure) {
            throw FileFailure.of("cannot clean up in", target.root(), failure);
        }
    }

    private void cleanupLocked(Lineage lineage, Collection<Staged> live) throws IOException {
        StagingArea staging = new StagingArea(target, lineage);
        if (lineage.equals(preparedLineage)) {
            staging.require(preparedFence);
        }
        new Publisher(target).finishAll();
        Set<String> kept = new HashSet<>();
        for (Staged piece : live) {
            StagedFile.of(piece).forEach(file -> kept.add(file.name()));
        }
        staging.removeAllBut(kept);
    }

    @Override
    public void close() {
        if (preparedLineage == null) {
            return;
        }
        try {
            TargetLock.holding(target, () -> {
                new StagingArea(target, preparedLineage).removeIfEmpty(preparedFence);
                return null;
            });
        } catch (IOException left) {
            // An empty folder more; the next run takes it over.
        }
        preparedLineage = null;
    }
}
