package io.millrace.core.lookup;

import io.millrace.api.ByteSize;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table that is read once per run into a file of the run, and from there into memory. */
final class PinnedTable implements PreparedSource {
    private final LookupRequest request;
    private final LookupSource.Whole source;
    private final ByteSize limit;
    private final LookupCounter counter = new LookupCounter();
    private final List<String> told = new ArrayList<>();
    private String description;
    private TableLayout layout;
    private LookupTable table;
    private Path loadedFrom;
    private volatile TableReader reader;

    PinnedTable(LookupRequest request, LookupSource.Whole source, ByteSize limit) {
        this.request = request;
        this.source = source;
        this.limit = limit;
    }

    /** Empty of rows until they are loaded. */
    @Override
    public synchronized PreparedLookup open() {
        if (table != null) {
            return new TableLookup(table, layout.keySchema(), description, counter);
        }
        if (layout == null) {
            try (Extractor extractor = source.open(request.requireContext())) {
                TableReader.refuseIncrements(extractor);
                description = extractor.describe();
                layout = TableLayout.of(request, extractor.schema());
            }
        }
        return new UnreadTable(layout, description);
    }

    /** Takes the rows from a run's folder. STALE where they are not there or damaged. */
    synchronized void load(Path folder) {
        if (!folder.equals(loadedFrom)) {
            TableFile file = new TableFile(folder, request.name());
            adopt(folder, file.read(file.manifest()));
        }
    }

    private void adopt(Path folder, TableFile.Content content) {
        TableManifest manifest = content.manifest();
        TableLayout loaded = TableLayout.of(request, manifest.schema());
        TableBuilder builder = new TableBuilder(
                loaded, request, manifest.table(), content.columns(), Math.toIntExact(manifest.rows()));
        table = builder.build();
        layout = loaded;
        description = manifest.table() + ", read at " + manifest.taken();
        loadedFrom = folder;
        if (builder.unmatchable() > 0 && !request.existenceOnly()) {
            told.add(String.format(
                    Locale.ROOT,
                    "step '%s': %,d rows of %s match nothing, since their key%s is null",
                    request.name(),
                    builder.unmatchable(),
                    manifest.table(),
                    request.validity().isPresent() ? " or the beginning of their validity" : ""));
        }
    }

    /** Takes the rows from the folder, into which they are read where they are not there; true where they were read. */
    synchronized boolean prepare(Path folder, Patience patience) {
        try {
            load(folder);
            return false;
        } catch (MillraceException notThere) {
            // Nothing has come of those rows yet.
            told.clear();
            try {
                read(folder, patience);
            } catch (MillraceException failed) {
                throw failed.during("step '" + request.name() + "'");
            }
            return true;
        }
    }

    private void read(Path folder, Patience patience) {
        reader = new TableReader(request, source, limit, patience);
        try {
            TableFile file = new TableFile(folder, request.name());
            TableManifest manifest = reader.readInto(folder);
            told.addAll(reader.warnings());
            adopt(folder, file.read(manifest));
            // Last: rows that are refused count for nothing, and are read again once they have been corrected.
            file.complete(manifest);
        } finally {
            reader = null;
        }
    }

    void cancel() {
        TableReader reading = reader;
        if (reading != null) {
            reading.cancel();
        }
    }

    @Override
    public LookupCounter counter() {
        return counter;
    }

    @Override
    public synchronized List<String> warnings() {
        List<String> warnings = new ArrayList<>(told);
        if (counter.missed() > 0 && !request.existenceOnly()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "step '%s': %,d of %,d rows found nothing in %s",
                    request.name(),
                    counter.missed(),
                    counter.asked(),
                    description));
        }
        return warnings;
    }
}
