package io.millrace.connectors.files;

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
import io.millrace.api.UntimedRows;
import io.millrace.api.data.Schema;
import io.millrace.formats.parquet.ParquetFooter;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads files of the local disk or of S3.
 *
 * <p>A plan lists the files once and pins each to its version; a split reads that version or fails as STALE, so that a plan
 * can be read at any later time, by any process, with the same rows.
 */
final class FilesExtractor implements Extractor {
    private final Storage storage;
    private final SourceOptions options;
    private final UntimedRows untimed = new UntimedRows();
    private FoundColumns found;
    private SourceShape shape;
    private List<StoredObject> listing;

    FilesExtractor(Storage storage, SourceOptions options) {
        this.storage = storage;
        this.options = options;
    }

    @Override
    public String describe() {
        String rest = options.pattern().rest();
        return (storage.root() + (rest.isEmpty() ? "" : "/" + rest)).replaceFirst("^//", "/");
    }

    @Override
    public Schema schema() {
        return shape().output();
    }

    @Override
    public Optional<String> timeColumn() {
        return shape().timeColumn();
    }

    @Override
    public boolean incremental() {
        return options.incremental();
    }

    /** The files from which columns were inferred may be others by now. */
    @Override
    public synchronized void resume(String pin) {
        FoundColumns.parse(pin).ifPresent(planned -> found = planned);
    }

    private synchronized SourceShape shape() {
        if (shape == null) {
            if (found == null) {
                found = new ShapeProbe(storage, options).look(files());
            }
            shape = found.shape(options);
        }
        return shape;
    }

    private synchronized List<StoredObject> files() {
        if (listing == null) {
            listing = new SourceFiles(storage, options).list();
        }
        return listing;
    }

    /** Known beforehand of Parquet alone. */
    @Override
    public OptionalLong rowCount() {
        if (options.format() != FileFormat.PARQUET) {
            return OptionalLong.empty();
        }
        long rows = 0;
        for (StoredObject file : new SourceFiles(storage, options).list()) {
            try (ObjectBytes source = new ObjectBytes(storage, file)) {
                rows += ParquetFooter.rowGroups(source, Optional.empty()).stream()
                        .mapToLong(group -> group.rows())
                        .sum();
            }
        }
        return OptionalLong.of(rows);
    }

    @Override
    public synchronized Plan plan(ExtractRequest request) {
        SourceShape planned = shape();
        if (request.window().isPresent() && planned.timeColumn().isEmpty()) {
            throw MillraceException.user("a window needs a column to act on: set time_column for " + describe());
        }
        if (request.pin().isPresent() && check(request.pin().get()) != PinState.VALID) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    "the columns of " + describe()
                            + " are not those that were planned; start the run anew with --restart");
        }
        List<StoredObject> all = new SourceFiles(storage, options).list();
        boolean increment = options.incremental() && request.window().isEmpty();
        SeenFiles seen = increment ? request.position().map(SeenFiles::parse).orElse(SeenFiles.NONE) : SeenFiles.NONE;
        List<StoredObject> files = increment
                ? all.stream()
                        .filter(file -> seen.isNew(file, options.overlap()))
                        .toList()
                : all;
        MicrosWindow window = request.window().map(MicrosWindow::of).orElse(MicrosWindow.ALL);
        SplitPlanner planner = new SplitPlanner(storage, options, planned, window, request.batchRows(), found.text());
        List<Split> splits = planner.plan(files);
        return new Plan(
                splits.iterator(),
                Repeatability.REPEATABLE,
                found.text(),
                increment ? Optional.of(seen.after(all, options.overlap()).toText()) : Optional.empty(),
                warnings(all, planner));
    }

    private List<String> warnings(List<StoredObject> all, SplitPlanner planner) {
        List<String> warnings = new ArrayList<>();
        if (all.isEmpty()) {
            warnings.add("no file matches " + describe());
        }
        if (planner.timeless() > 0) {
            warnings.add(planner.timeless() + " rows have no "
                    + shape().timeColumn().orElseThrow() + " and are in no window");
        }
        return warnings;
    }

    /** Splits pin their files themselves; what is left to check are the columns that were found out. */
    @Override
    public synchronized PinState check(String pin) {
        SourceShape now = shape();
        return FoundColumns.parse(pin)
                        .filter(planned -> planned.shape(options).text().equals(now.text()))
                        .isPresent()
                ? PinState.VALID
                : PinState.RESTART;
    }

    @Override
    public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        if (resumePoint.isPresent()) {
            throw new IllegalArgumentException("a split of files has no resume points");
        }
        FileSplit parts = FileSplit.of(split);
        SourceShape read = shape(parts);
        return switch (options.format()) {
            case PARQUET -> new ParquetSplitReader(storage, options, read, split.id(), parts, rejects);
            case CSV, JSON_LINES -> new TextSplitReader(
                    storage, options, read, namesOfValues(), split.id(), parts, rejects, untimed);
        };
    }

    private synchronized SourceShape shape(FileSplit split) {
        if (found == null) {
            resume(split.columns());
        }
        return shape();
    }

    /** What the values of a CSV without header are called. */
    private synchronized List<String> namesOfValues() {
        return options.schema().isEmpty()
                ? found.names()
                : List.copyOf(options.schema().keySet());
    }

    @Override
    public List<String> notices() {
        return untimed.isEmpty()
                ? List.of()
                : untimed.notices(shape().timeColumn().orElse("time"));
    }

    @Override
    public void close() {
        storage.close();
    }
}
