package io.millrace.connectors.files;

import io.millrace.api.Failpoint;
import io.millrace.api.Lineage;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out commits to S3. Each step can be repeated, by whoever finds a commit unfinished. */
final class RemotePublisher {
    private final Storage storage;

    RemotePublisher(Storage storage) {
        this.storage = storage;
    }

    /** Notes that a commit may be decided soon, so that others can find it without knowing its lineage. */
    void announce(RemoteManifest manifest) {
        Map<String, Object> lineage = new LinkedHashMap<>();
        lineage.put("pipeline", manifest.id().lineage().pipeline());
        lineage.put("lineage", manifest.id().lineage().id());
        storage.put(RemoteLayout.pending(manifest.id()), Json.write(lineage).getBytes(StandardCharsets.UTF_8));
    }

    /** Finishes what others left unfinished, so that a later commit never runs ahead of an earlier one. */
    void finishAll() {
        List<StoredObject> pending = new ArrayList<>();
        storage.list(RemoteLayout.PENDING).forEachRemaining(pending::add);
        for (StoredObject one : pending) {
            Map<String, Object> map = Json.readObject(new String(storage.read(one), StandardCharsets.UTF_8));
            finish(new Lineage((String) map.get("pipeline"), (String) map.get("lineage")));
            forgetComplete(one);
        }
    }

    /** Removes the notes of the lineage's commits that are complete: who made them may have died before it could. */
    void forgetComplete(Lineage lineage) {
        notes(lineage).forEach(this::forgetComplete);
    }

    private void forgetComplete(StoredObject note) {
        if (storage.find(RemoteLayout.committedBy(note.key())).isPresent()) {
            storage.delete(List.of(note.key()));
        }
    }

    /** Removes all notes of a lineage that can decide nothing any more. */
    void forget(Lineage lineage) {
        storage.delete(notes(lineage).stream().map(StoredObject::key).toList());
    }

    private List<StoredObject> notes(Lineage lineage) {
        List<StoredObject> notes = new ArrayList<>();
        storage.list(RemoteLayout.PENDING + RemoteLayout.commitsOf(lineage)).forEachRemaining(notes::add);
        return notes;
    }

    /** Finishes the lineage's commit if one was decided and is not complete. */
    void finish(Lineage lineage) {
        Optional<LineageLog.Entry> last = new LineageLog(storage, lineage).last();
        if (last.isPresent() && last.get().kind() == LineageLog.Kind.COMMIT) {
            publish(last.get().manifest().orElseThrow(), last.get().number());
        }
    }

    /**
     * Makes the objects visible, then removes those they replace, then says so in {@code _SUCCESS} and in the log.
     *
     * @param entry the number of the manifest's entry
     */
    void publish(RemoteManifest manifest, long entry) {
        storage.delete(List.of(RemoteLayout.SUCCESS));
        Failpoint.MID_COMMIT.reached();
        for (StagedObject file : manifest.files()) {
            storage.complete(file.upload());
            Failpoint.MID_COMMIT.reached();
        }
        storage.delete(manifest.remove());
        Failpoint.MID_COMMIT.reached();
        storage.put(RemoteLayout.SUCCESS, new byte[0]);
        Failpoint.MID_COMMIT.reached();
        storage.put(RemoteLayout.committed(manifest.id()), new byte[0]);
        Failpoint.MID_COMMIT.reached();
        // Where another process finishes the same commit, its entry serves as well.
        new LineageLog(storage, manifest.id().lineage())
                .append(new LineageLog.Entry(entry + 1, LineageLog.Kind.DONE, Optional.empty()));
        storage.delete(List.of(RemoteLayout.pending(manifest.id())));
    }
}
