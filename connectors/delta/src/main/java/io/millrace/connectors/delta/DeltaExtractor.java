package io.millrace.connectors.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.internal.actions.AddFile;
import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.api.data.Schema;
import io.millrace.storage.Storage;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/** Reads one version of a Delta table, or what was added up to it. */
final class DeltaExtractor implements Extractor {
    private static final int USUAL_BATCH_ROWS = 8192;

    private final DeltaSourceSettings settings;
    private final Storage storage;
    private final Map<Long, SourceTable> versions = new ConcurrentHashMap<>();
    private TableFiles files;
    private SourceTable current;
    private volatile int batchRows = USUAL_BATCH_ROWS;
    private FileScan scan;
    private Optional<String> windowColumn = Optional.empty();
    private long untimed;

    DeltaExtractor(DeltaSourceSettings settings, Storage storage) {
        this.settings = settings;
        this.storage = storage;
    }

    private synchronized TableFiles files() {
        if (files == null) {
            files = TableFiles.of(storage);
        }
        return files;
    }

    /** The version that the settings ask for, found out once. */
    private synchronized SourceTable current() {
        if (current == null) {
            current = SourceTable.of(asked(), settings);
        }
        return current;
    }

    private Snapshot asked() {
        DeltaTable table = new DeltaTable(files());
        Snapshot newest = table.require();
        if (settings.version().isPresent()) {
            return table.at(settings.version().get());
        }
        if (settings.timestamp().isEmpty()) {
            return newest;
        }
        try {
            return TableManager.loadSnapshot(files().root())
                    .atTimestamp(settings.timestamp().get().toEpochMilli(), newest)
                    .build(files().engine());
        } catch (RuntimeException failure) {
            throw KernelFailure.of("cannot read as of " + settings.timestamp().get(), files().root(), failure);
        }
    }

    private SourceTable at(long version) {
        return versions.computeIfAbsent(
                version, missing -> SourceTable.of(new DeltaTable(files()).at(missing), settings));
    }

    @Override
    public String describe() {
        return "delta " + storage.root()
                + settings.version().map(version -> " version " + version).orElse("")
                + settings.timestamp().map(timestamp -> " as of " + timestamp).orElse("");
    }

    /** The table may have other columns by now. */
    @Override
    public synchronized void resume(String pin) {
        if (check(pin) == PinState.VALID) {
            current = at(TablePosition.parse(pin).version());
        }
    }

    @Override
    public Schema schema() {
        return current().schema();
    }

    @Override
    public Optional<String> timeColumn() {
        return current().time().map(column -> column.field().name());
    }

    @Override
    public boolean incremental() {
        return settings.incremental();
    }

    @Override
    public OptionalLong rowCount() {
        long rows = 0;
        try (FileScan scan = FileScan.of(files(), current().snapshot(), Optional.empty())) {
            while (scan.hasNext()) {
                Optional<Long> known = LogStatistics.rows(scan.next());
                if (known.isEmpty()) {
                    return OptionalLong.empty();
                }
                rows += known.get();
            }
        }
        return OptionalLong.of(rows);
    }

    @Override
    public Plan plan(ExtractRequest request) {
        batchRows = request.batchRows();
        SourceTable table = request.pin()
                .map(TablePosition::parse)
                .map(pin -> at(pin.version()))
                .orElseGet(this::current);
        TablePosition position = TablePosition.of(table);
        boolean increment = settings.incremental() && request.window().isEmpty();
        Iterator<AddFile> found = increment && request.position().isPresent()
                ? added(TablePosition.parse(request.position().get()), position).iterator()
                : windowed(table, request.window());
        return new Plan(
                new Planner(
                        files(), table, request.window(), settings.splitSize().bytes(), found),
                Repeatability.REPEATABLE,
                position.text(),
                increment ? Optional.of(position.text()) : Optional.empty(),
                List.of());
    }

    private List<AddFile> added(TablePosition last, TablePosition now) {
        if (!last.table().equals(now.table())) {
            throw MillraceException.user("the Delta table " + files().root()
                    + " is another than the one that the previous run read; run once with --full");
        }
        return last.version() >= now.version()
                ? List.of()
                : new AddedFiles(files(), settings.changes()).between(last.version() + 1, now.version());
    }

    private Iterator<AddFile> windowed(SourceTable table, Optional<TimeWindow> window) {
        if (window.isPresent() && table.time().isEmpty()) {
            throw MillraceException.user("a window needs a time: the Delta table " + files().root()
                    + " has no column created_at; name one by time_column");
        }
        untimed = 0;
        endScan();
        scan = FileScan.of(files(), table.snapshot(), Optional.empty());
        if (window.isEmpty()) {
            return scan;
        }
        SourceColumn time = table.time().orElseThrow();
        windowColumn = Optional.of(time.field().name());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(scan, 0), false)
                .filter(file -> {
                    TimeBounds bounds = TimeBounds.of(time, file);
                    untimed += bounds.nulls().orElse(0);
                    return bounds.overlap(window.get());
                })
                .iterator();
    }

    /** Of a plan that was not read to its end. */
    private void endScan() {
        if (scan != null) {
            scan.close();
            scan = null;
        }
    }

    /** As far as the log tells; known when the plan has been read to its end. */
    @Override
    public List<String> notices() {
        return untimed == 0
                ? List.of()
                : List.of(untimed + " rows have no " + windowColumn.orElseThrow() + " and are in no window");
    }

    @Override
    public PinState check(String pin) {
        TablePosition position = TablePosition.parse(pin);
        try {
            return at(position.version()).id().equals(position.table()) ? PinState.VALID : PinState.RESTART;
        } catch (MillraceException gone) {
            if (gone.kind() == ErrorKind.USER) {
                return PinState.RESTART;
            }
            throw gone;
        }
    }

    @Override
    public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        SplitFiles content = SplitFiles.parse(split);
        return new DeltaBatchReader(files(), at(content.version()), split.id(), content, batchRows);
    }

    @Override
    public void close() {
        endScan();
        storage.close();
    }
}
