package io.millrace.core.lookup;

import io.millrace.api.BatchReader;
import io.millrace.api.ByteSize;
import io.millrace.api.DurableFiles;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.Plan;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a whole table into a file. One thread, except that {@link #cancel} may come from another. */
final class TableReader {
    private static final int BATCH_ROWS = 8_192;

    private final LookupRequest request;
    private final LookupSource.Whole source;
    private final ByteSize limit;
    private final Patience patience;
    private final List<String> warnings = new ArrayList<>();
    private volatile BatchReader open;

    TableReader(LookupRequest request, LookupSource.Whole source, ByteSize limit, Patience patience) {
        this.request = request;
        this.source = source;
        this.limit = limit;
        this.patience = patience;
    }

    /** What the source had to say, one sentence each. */
    List<String> warnings() {
        return warnings;
    }

    /** Ends a read that another thread waits in. */
    void cancel() {
        BatchReader reader = open;
        if (reader != null) {
            reader.close();
        }
    }

    /**
     * Reads the table anew, again and again where that may help. Afterwards the rows are durable, and count as soon as
     * {@link TableFile#complete} has put the manifest beside them.
     */
    TableManifest readInto(Path folder) {
        RetryPolicy retry = request.requireContext().retry();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(folder);
            } catch (MillraceException failed) {
                patience.check();
                if (!retry.retries(failed, attempt)) {
                    throw failed;
                }
                patience.await(retry.delay(attempt));
            }
        }
    }

    private TableManifest attempt(Path folder) {
        warnings.clear();
        TableFile file = new TableFile(folder, request.name());
        Path temporary = folder.resolve("." + request.name() + ".reading");
        try (Extractor extractor = source.open(request.requireContext())) {
            DurableFiles.createDirectories(folder);
            // An old manifest must not stand beside new rows.
            Files.deleteIfExists(file.manifestFile());
            TableManifest manifest = read(extractor, temporary);
            Files.move(temporary, file.rows(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return manifest;
        } catch (IOException failed) {
            throw TableFile.cannotWrite(folder, failed);
        }
    }

    private TableManifest read(Extractor extractor, Path temporary) throws IOException {
        refuseIncrements(extractor);
        Instant taken = Instant.now();
        Plan plan = extractor.plan(ExtractRequest.everything(BATCH_ROWS));
        warnings.addAll(plan.warnings());
        TableLayout layout = TableLayout.of(request, extractor.schema());
        MemoryLimit memory = new MemoryLimit(request, limit, layout.kept().size());
        long rows = 0;
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            TableOutput output = new TableOutput(channel);
            while (plan.splits().hasNext()) {
                rows += read(extractor, plan.splits().next(), layout.kept(), memory, output);
            }
            return new TableManifest(
                    extractor.describe(), taken, layout.kept(), rows, memory.bytes(), memory.text(), output.finish());
        }
    }

    private long read(Extractor extractor, Split split, Schema kept, MemoryLimit memory, TableOutput output)
            throws IOException {
        long rows = 0;
        String table = extractor.describe();
        try (BatchReader reader = extractor.open(split, Optional.empty(), new UnreadableRows(table))) {
            open = reader;
            for (Batch batch = next(reader); batch != null; batch = next(reader)) {
                List<Column> columns = new ArrayList<>();
                for (String name : kept.names()) {
                    columns.add(batch.column(name));
                }
                memory.add(columns, batch.rowCount(), table);
                output.write(Batch.of(kept, batch.rowCount(), columns, null));
                rows += batch.rowCount();
            }
        } finally {
            open = null;
        }
        return rows;
    }

    private Batch next(BatchReader reader) {
        patience.check();
        Batch batch = reader.next();
        if (batch == null) {
            // A reader closed from outside ends as if there were no more.
            patience.check();
        }
        return batch;
    }

    static void refuseIncrements(Extractor extractor) {
        if (extractor.incremental()) {
            throw new MillraceException(
                    ErrorKind.USER,
                    extractor.describe()
                            + " is set to take only what is new since the previous run, and a look-up needs"
                            + " all rows; remove that setting (incremental, or from: position) under from");
        }
    }
}
