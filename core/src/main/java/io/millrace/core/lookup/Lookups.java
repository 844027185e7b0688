package io.millrace.core.lookup;

import io.millrace.api.BindContext;
import io.millrace.api.ByteSize;
import io.millrace.api.Lookup;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The look-ups of one run in one process, shared by all its workers. At first only the columns are known, by asking the
 * sources; {@link #prepare} reads the rows. One thread prepares; any may bind and look up.
 */
public final class Lookups {
    private final Map<String, PreparedSource> sources = new LinkedHashMap<>();

    /** Touches nothing yet. */
    public Lookups(List<LookupRequest> requests) {
        long tables = requests.stream()
                .filter(request -> request.source() instanceof LookupSource.Whole)
                .count();
        for (LookupRequest request : requests) {
            if (request.source() instanceof LookupSource.Whole whole) {
                ByteSize limit = request.memory()
                        .orElse(new ByteSize(MemoryLimit.ofHeap().bytes() / tables));
                sources.put(request.name(), new PinnedTable(request, whole, limit));
            } else {
                sources.put(request.name(), new KeyedServer(request, (LookupSource.ByKey) request.source()));
            }
        }
    }

    /** True where nothing is looked up. */
    public boolean isEmpty() {
        return sources.isEmpty();
    }

    private List<PinnedTable> tables() {
        return sources.values().stream()
                .filter(PinnedTable.class::isInstance)
                .map(PinnedTable.class::cast)
                .toList();
    }

    /** Binds to these look-ups, as far as they are prepared then. */
    public BindContext at(Instant runStart) {
        return new BindContext() {
            @Override
            public Instant runStart() {
                return runStart;
            }

            @Override
            public Lookup lookup(String artifact) {
                PreparedSource source = sources.get(artifact);
                if (source == null) {
                    throw MillraceException.user("no look-up '" + artifact + "' was prepared for this run");
                }
                return source.open();
            }
        };
    }

    /** Takes from a run's folder what an earlier attempt has read; what is not there, or damaged, stays unread. */
    public void recall(Path folder) {
        for (PinnedTable table : tables()) {
            try {
                table.load(folder);
            } catch (MillraceException notThere) {
                // Whoever needs it asks by requireAll, and is told why.
            }
        }
    }

    /** STALE where rows that an earlier attempt has read are not in the run's folder, or damaged. */
    public void requireAll(Path folder) {
        tables().forEach(table -> table.load(folder));
    }

    /**
     * Reads what is not yet in the run's folder; afterwards it is there, durable, and in memory.
     *
     * @return whether anything was read now
     */
    public boolean prepare(Path folder, Patience patience) {
        boolean read = false;
        for (PinnedTable table : tables()) {
            read |= table.prepare(folder, patience);
        }
        return read;
    }

    /** Reads everything for a use that leaves nothing behind. */
    public void prepareForNow() {
        if (tables().isEmpty()) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory("millrace-lookups");
            try {
                prepare(folder, Patience.UNTIL_INTERRUPTED);
            } finally {
                delete(folder);
            }
        } catch (IOException failed) {
            throw MillraceException.denied(
                    "cannot use the system's folder for temporary files (" + failed + ")", failed);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Ends a read that {@link #prepare} waits in. */
    public void cancel() {
        tables().forEach(PinnedTable::cancel);
    }

    /** What was counted here since the last such call, for the process that reports. */
    public List<LookupTally> takeTallies() {
        return sources.entrySet().stream()
                .map(source -> source.getValue().counter().take(source.getKey()))
                .filter(tally -> tally.asked() > 0)
                .toList();
    }

    /** Counts what other processes have looked up. */
    public void add(List<LookupTally> tallies) {
        tallies.forEach(tally -> sources.get(tally.step()).counter().add(tally.asked(), tally.missed()));
    }

    /** What a user should know of what was looked up so far, one sentence each. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        sources.values().forEach(source -> warnings.addAll(source.warnings()));
        return warnings;
    }
}
