package io.millrace.connectors.files;

import io.millrace.api.ErrorKind;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What happened to a lineage in a target on S3, one object for each entry, numbered from 1. An entry is put only where none
 * is, so that of two writers at the same place one learns that the other was first: the log is the fence, and the commit
 * point. The number of a fence's entry is its epoch.
 */
final class LineageLog {
    /** What an entry says. */
    enum Kind {
        /** A run has taken over. */
        FENCE,
        /** A commit is decided. */
        COMMIT,
        /** The commit before is complete. */
        DONE
    }

    /** @param manifest of a COMMIT */
    record Entry(long number, Kind kind, Optional<RemoteManifest> manifest) {}

    private final Storage storage;
    private final Lineage lineage;

    LineageLog(Storage storage, Lineage lineage) {
        this.storage = storage;
        this.lineage = lineage;
    }

    /** The last entry, if there is one. */
    Optional<Entry> last() {
        Iterator<StoredObject> entries = storage.list(RemoteLayout.log(lineage));
        StoredObject last = null;
        while (entries.hasNext()) {
            last = entries.next();
        }
        return Optional.ofNullable(last).map(this::read);
    }

    /** The entry of this number, if it is there. */
    private Optional<Entry> find(long number) {
        return storage.find(RemoteLayout.entry(lineage, number)).map(this::read);
    }

    /** Puts an entry at the end as it was seen; false where somebody else was first. */
    boolean append(Entry entry) {
        return storage.putIfAbsent(RemoteLayout.entry(lineage, entry.number()), toBytes(entry));
    }

    /**
     * The last entry, which is this fence's or a later one without a newer fence between: FENCED otherwise. Mostly one
     * question, whether the next entry is there.
     *
     * @param known the number of an entry that was seen behind the fence's, or the fence's own
     */
    long require(Fence fence, long known) {
        long number = Math.max(fence.epoch(), known);
        while (true) {
            Optional<Entry> next = find(number + 1);
            if (next.isEmpty()) {
                return number;
            }
            if (next.get().kind() == Kind.FENCE) {
                throw fenced();
            }
            number++;
        }
    }

    private MillraceException fenced() {
        return new MillraceException(
                ErrorKind.FENCED,
                "a newer run of pipeline '" + lineage.pipeline() + "' has taken over " + storage.root()
                        + "; this one must not write any more");
    }

    private static byte[] toBytes(Entry entry) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("kind", entry.kind().name());
        // Tells this entry from a rival's of the same kind.
        body.put("nonce", UUID.randomUUID().toString());
        entry.manifest().ifPresent(manifest -> body.put("manifest", manifest.toMap()));
        Map<String, Object> sealed = new LinkedHashMap<>();
        sealed.put("checksum", checksum(body));
        sealed.put("entry", body);
        return (Json.write(sealed) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private Entry read(StoredObject object) {
        try {
            Map<String, Object> sealed = Json.readObject(new String(storage.read(object), StandardCharsets.UTF_8));
            Map<?, ?> body = (Map<?, ?>) sealed.get("entry");
            if (!checksum(body).equals(sealed.get("checksum"))) {
                throw new IllegalArgumentException("its checksum is another");
            }
            String name = object.key().substring(object.key().lastIndexOf('/') + 1);
            return new Entry(
                    Long.parseLong(name.substring(0, name.indexOf('.'))),
                    Kind.valueOf((String) body.get("kind")),
                    Optional.ofNullable((Map<?, ?>) body.get("manifest")).map(RemoteManifest::of));
        } catch (IllegalArgumentException | ClassCastException | NullPointerException unreadable) {
            throw new MillraceException(
                    ErrorKind.DENIED,
                    storage.nameOf(object.key()) + " cannot be read as an entry of a pipeline's log ("
                            + unreadable.getMessage() + "); restore it, or remove the log to give the run up",
                    unreadable);
        }
    }

    private static String checksum(Object body) {
        byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length);
        return Long.toHexString(checksum.getValue());
    }
}
