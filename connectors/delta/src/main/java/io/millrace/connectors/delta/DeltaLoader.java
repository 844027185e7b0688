package io.millrace.connectors.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.millrace.api.CommitId;
import io.millrace.api.CommitResult;
import io.millrace.api.Failpoint;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.Recount;
import io.millrace.api.RecountRequest;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteMode;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Schema;
import io.millrace.formats.parquet.partitioned.PartitionedWriter;
import io.millrace.formats.parquet.partitioned.SafeName;
import io.millrace.storage.Storage;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a Delta table. Pieces are written as data files that no version of the table names; one commit to the log names
 * all of a run's files at once.
 */
final class DeltaLoader implements StagingLoader {
    /** The log's name for us. */
    static final String WRITER = "Millrace";

    private final DeltaTargetSettings settings;
    private final Storage storage;
    private final Set<String> committed = new HashSet<>();
    private TableFiles files;
    private Map<String, String> required = Map.of();
    private UpsertLimits limits;
    private Lineage preparedLineage;
    private Fence preparedFence;

    DeltaLoader(DeltaTargetSettings settings, Storage storage) {
        this.settings = settings;
        this.storage = storage;
    }

    private synchronized TableFiles files() {
        if (files == null) {
            files = TableFiles.of(storage);
        }
        return files;
    }

    @Override
    public String describe() {
        return "delta " + storage.root();
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
        check(schema, new DeltaTable(files()).latest());
    }

    private synchronized UpsertLimits limits() {
        if (limits == null) {
            limits = new UpsertLimits(files(), settings);
        }
        return limits;
    }

    private void check(Schema schema, Optional<Snapshot> table) {
        TargetCheck check = new TargetCheck(files(), settings);
        check.checkColumns(schema);
        if (table.isPresent()) {
            check.checkTable(schema, table.get());
            if (settings.mode() instanceof LoadMode.Upsert) {
                limits().check(table.get());
            }
        } else {
            check.checkFolder();
        }
    }

    @Override
    public Fence prepare(LoadRequest request) {
        required = new TargetCheck(files(), settings).required(prepared(request.schema()));
        preparedLineage = request.lineage();
        preparedFence = new Fences(storage, request.lineage()).take();
        return preparedFence;
    }

    @Override
    public void join(LoadRequest request) {
        required = new TargetCheck(files(), settings).required(new DeltaTable(files()).require());
    }

    /** The table, created or with columns added where need be. */
    private Snapshot prepared(Schema schema) {
        TableCreation creation = new TableCreation(files());
        Commits commits = new Commits(files());
        for (int attempt = 1; ; attempt++) {
            Optional<Snapshot> table = new DeltaTable(files()).latest();
            check(schema, table);
            try {
                Optional<Transaction> change = table.isEmpty()
                        ? Optional.of(creation.create(schema, settings.partitionBy(), settings.transactionRetention()))
                        : creation.addColumns(schema, table.get());
                if (change.isEmpty()) {
                    return table.orElseThrow();
                }
                if (!commits.attempt(change.get(), List.of())) {
                    commits.pause(attempt);
                }
            } catch (RuntimeException failure) {
                throw KernelFailure.of("cannot prepare", storage.root(), failure);
            }
        }
    }

    @Override
    public StagingWriter open(WriteTask task, Schema schema) {
        Fences fences = new Fences(storage, task.lineage());
        fences.require(task.fence());
        StoredColumns columns = new StoredColumns(schema, required);
        String uniqueName = SafeName.of(task.piece()) + "-" + task.attempt() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        DataFiles data = new DataFiles(storage, TableFiles.data(task.lineage()), uniqueName, settings.partitionBy());
        return new DeltaStagingWriter(
                fences,
                task.fence(),
                settings.mode() instanceof LoadMode.Upsert ? limits()::add : rows -> {},
                settings.mode() instanceof LoadMode.Upsert
                        ? Optional.of(new SupersededRows(settings.mode().key(), settings.partitionBy()))
                        : Optional.empty(),
                columns,
                data,
                new PartitionedWriter(
                        columns.schema(),
                        settings.partitionBy(),
                        settings.options(Map.of()),
                        settings.fileSize().bytes(),
                        data));
    }

    @Override
    public CommitResult commit(CommitId id, List<Staged> staged) {
        List<DataFile> added = StagedFiles.of(staged);
        CommitResult result = new RunCommit(files(), id, added, change(id.lineage())).run();
        if (!(settings.mode() instanceof LoadMode.Upsert)) {
            added.forEach(file -> committed.add(file.key()));
        }
        return result;
    }

    private TableChange change(Lineage lineage) {
        return switch (settings.mode().writeMode()) {
            case APPEND -> TableChange.append();
            case OVERWRITE -> TableChange.overwrite(files());
            case OVERWRITE_PARTITIONS -> TableChange.overwritePartitions(files());
            case UPSERT -> new Upsert(files(), lineage, settings);
            case REPLACE_WINDOW -> throw new IllegalStateException("delta has no mode " + mode());
        };
    }

    @Override
    public OptionalLong lastCommitted(Lineage lineage) {
        Optional<Snapshot> table = new DeltaTable(files()).latest();
        return table.flatMap(
                        found -> found.getLatestTransactionVersion(files().engine(), TransactionName.lineage(lineage)))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    @Override
    public Recount recount(RecountRequest request) {
        if (settings.mode() instanceof LoadMode.Upsert) {
            return Recount.unknown("an upsert rewrites files, and rows there do not say which run they came from");
        }
        try {
            return new TableRecount(files(), request).result();
        } catch (RuntimeException failure) {
            throw KernelFailure.of("cannot read", storage.root(), failure);
        }
    }

    @Override
    public void cleanup(Lineage lineage, Collection<Staged> live) {
        Failpoint.DURING_CLEANUP.reached();
        Fences fences = new Fences(storage, lineage);
        if (lineage.equals(preparedLineage)) {
            fences.require(preparedFence);
        } else {
            fences.end();
        }
        Set<String> named = new HashSet<>(committed);
        StagedFiles.of(live).forEach(file -> named.add(file.key()));
        try {
            new Orphans(files(), lineage).remove(named);
        } catch (RuntimeException failure) {
            throw KernelFailure.of("cannot clean up in", storage.root(), failure);
        }
    }

    @Override
    public void close() {
        if (preparedLineage != null) {
            try {
                new Fences(storage, preparedLineage).release(preparedFence);
            } catch (RuntimeException left) {
                // A small object more; the next run of this lineage removes it.
            }
            preparedLineage = null;
        }
        storage.close();
    }
}
