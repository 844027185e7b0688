package io.millrace.connectors.files;

import io.millrace.api.MillraceException;
import io.millrace.api.Recount;
import io.millrace.formats.parquet.ParquetFooter;
import io.millrace.formats.parquet.RowGroupSummary;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Counts the rows of a run's files by their footers. One thread. */
final class FileRecount {
    private final Storage storage;
    private final Predicate<String> replacedLater;
    private final List<String> problems = new ArrayList<>();
    private long found;
    private long replaced;
    private int files;

    /** @param replacedLater whether a later run has taken a file's place */
    FileRecount(Storage storage, Predicate<String> replacedLater) {
        this.storage = storage;
        this.replacedLater = replacedLater;
    }

    /** @param rows that were written to it */
    void count(String key, long rows) {
        Optional<StoredObject> object = storage.find(key);
        if (object.isEmpty()) {
            if (replacedLater.test(key)) {
                replaced += rows;
            } else {
                problems.add(storage.nameOf(key) + " is missing, with " + rows + " rows");
            }
            return;
        }
        try (ObjectBytes bytes = new ObjectBytes(storage, object.get())) {
            long there = ParquetFooter.rowGroups(bytes, Optional.empty()).stream()
                    .mapToLong(RowGroupSummary::rows)
                    .sum();
            found += there;
            files++;
            if (there != rows) {
                problems.add(storage.nameOf(key) + " has " + there + " rows, and " + rows + " were written");
            }
        } catch (MillraceException unreadable) {
            problems.add(unreadable.getMessage());
        }
    }

    Recount result() {
        return new Recount(
                OptionalLong.of(found),
                replaced,
                "rows by the footers of " + files + (files == 1 ? " file" : " files") + " that its manifest names",
                problems);
    }
}
