package io.millrace.connectors.delta;

import io.millrace.api.ErrorKind;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import io.millrace.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * The fence of a lineage: an object named by the epoch, of which only the newest counts. Whoever finds its own gone, or a
 * newer one beside it, must not write any more. Epochs begin at the clock, so that they rise also after all were removed.
 */
record Fences(Storage storage, Lineage lineage) {
    private static final int MOST_ATTEMPTS = 100;

    /** Takes the fence away from whoever has it. */
    Fence take() {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            long newest = epochs().max().orElse(0);
            Fence fence = new Fence(Math.max(newest + 1, System.currentTimeMillis()));
            byte[] mine = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
            // A rival may take the same number, or a higher one, at the same moment.
            if (storage.putIfAbsent(key(fence.epoch()), mine) && epochs().max().orElse(0) == fence.epoch()) {
                storage.delete(epochs().filter(epoch -> epoch < fence.epoch())
                        .mapToObj(this::key)
                        .toList());
                return fence;
            }
        }
        throw MillraceException.unavailable(
                "other processes take over " + storage.root() + " without end; run again", null);
    }

    /** Refuses a holder of an older fence. */
    void require(Fence fence) {
        if (epochs().max().orElse(0) != fence.epoch()) {
            throw new MillraceException(
                    ErrorKind.FENCED,
                    "a newer run of pipeline '" + lineage.pipeline() + "' has taken over " + storage.root()
                            + "; this one must not write any more");
        }
    }

    /** Gives it back; nobody holds an older one. */
    void release(Fence fence) {
        storage.delete(List.of(key(fence.epoch())));
    }

    /** Fences off whoever holds one. */
    void end() {
        storage.delete(epochs().mapToObj(this::key).toList());
    }

    private String key(long epoch) {
        return TableFiles.fences(lineage) + epoch;
    }

    private LongStream epochs() {
        List<Long> epochs = new ArrayList<>();
        String prefix = TableFiles.fences(lineage);
        storage.list(prefix).forEachRemaining(object -> {
            String name = object.key().substring(prefix.length());
            if (name.matches("[0-9]{1,18}")) {
                epochs.add(Long.parseLong(name));
            }
        });
        return epochs.stream().mapToLong(Long::longValue);
    }
}
