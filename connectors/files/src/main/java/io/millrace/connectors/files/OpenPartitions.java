package io.millrace.connectors.files;

import io.millrace.api.data.Batch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that a piece is writing, one for each partition that had rows lately. A bounded number is open at once, and
 * together they buffer one row group; beyond that the least recently used file, or the largest row group, is ended. One
 * thread.
 */
final class OpenPartitions {
    private static final int MOST_OPEN = 64;

    private final StagedOutput.Place place;
    private final long fileBytes;
    private final Map<String, StagedOutput> open = new LinkedHashMap<>(16, 0.75f, true);
    private final List<StagedFile> finished = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    OpenPartitions(StagedOutput.Place place, long fileBytes) {
        this.place = place;
        this.fileBytes = fileBytes;
    }

    /** Appends rows to the partition with this folder. */
    void write(String folder, Batch batch) throws IOException {
        if (batch.rowCount() == 0) {
            return;
        }
        StagedOutput output = open.get(folder);
        if (output == null) {
            if (open.size() == MOST_OPEN) {
                finish(open.keySet().iterator().next());
            }
            int number = names.size();
            names.add(place.uniqueName() + "." + number);
            output = new StagedOutput(place, folder, number);
            open.put(folder, output);
        }
        output.write(batch);
        if (output.estimatedBytes() >= fileBytes) {
            finish(folder);
        }
    }

    /** Keeps the sum of all buffers near one row group; called after each batch. */
    void limitBuffers() throws IOException {
        if (open.size() < 2) {
            return;
        }
        long total = 0;
        StagedOutput largest = null;
        for (StagedOutput output : open.values()) {
            total += output.bufferedBytes();
            if (largest == null || output.bufferedBytes() > largest.bufferedBytes()) {
                largest = output;
            }
        }
        if (largest != null && total > place.options().rowGroupBytes()) {
            largest.endRowGroup();
        }
    }

    private void finish(String folder) throws IOException {
        finished.add(open.get(folder).finish());
        open.remove(folder);
    }

    /** Completes all files. */
    List<StagedFile> finish() throws IOException {
        for (String folder : new ArrayList<>(open.keySet())) {
            finish(folder);
        }
        return finished;
    }

    /** The names, without ending, of all files begun so far. */
    List<String> names() {
        return names;
    }

    /** Closes what is open; never throws. */
    void close() {
        for (StagedOutput output : open.values()) {
            try {
                output.close();
            } catch (IOException ignored) {
                // Nothing of an incomplete file is used.
            }
        }
        open.clear();
    }
}
