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
import io.millrace.formats.csv.CsvReader;
import io.millrace.formats.parquet.ParquetFooter;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads files of the local disk or of S3.
 *
 * <p>A plan lists the files once and pins each to its version; a split reads that version or fails as STALE, so that a plan
 * can be read at any later time, by any process, with the same rows.
 */
final class FilesExtractor implements Extractor {
    private static final long PIN_FORMAT = 1;

    private final Storage storage;
    private final SourceOptions options;
    private final UntimedRows untimed = new UntimedRows();
    private SourceShape shape;
    private List<StoredObject> listing;
    private List<String> declared;

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

    private synchronized SourceShape shape() {
        if (shape == null) {
            List<StoredObject> files = files();
            shape = new ShapeProbe(storage, options).shape(files);
            declared = declaredNames(files);
        }
        return shape;
    }

    private List<String> declaredNames(List<StoredObject> files) {
        boolean named = options.format() == FileFormat.CSV
                && !options.csv().header()
                && options.schema().isEmpty();
        if (named) {
            try (UnpackedStream in = UnpackedStream.open(storage, files.get(0), options)) {
                return CsvReader.names(in, in.name(), options.csv(), options.recordLimit());
            }
        }
        return List.copyOf(options.schema().keySet());
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
        SplitPlanner planner = new SplitPlanner(storage, options, planned, window, request.batchRows());
        List<Split> splits = planner.plan(files);
        return new Plan(
                splits.iterator(),
                Repeatability.REPEATABLE,
                pin(planned),
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

    /** Splits pin their files themselves; what is left to pin are the columns that were inferred. */
    private static String pin(SourceShape planned) {
        Map<String, Object> pin = new LinkedHashMap<>();
        pin.put("format", PIN_FORMAT);
        pin.put("columns", planned.text());
        return Json.write(pin);
    }

    @Override
    public PinState check(String pin) {
        return pin.equals(pin(shape())) ? PinState.VALID : PinState.RESTART;
    }

    @Override
    public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        if (resumePoint.isPresent()) {
            throw new IllegalArgumentException("a split of files has no resume points");
        }
        SourceShape read = shape();
        FileSplit parts = FileSplit.of(split);
        return switch (options.format()) {
            case PARQUET -> new ParquetSplitReader(storage, options, read, split.id(), parts, rejects);
            case CSV, JSON_LINES -> new TextSplitReader(
                    storage, options, read, declared, split.id(), parts, rejects, untimed);
        };
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
