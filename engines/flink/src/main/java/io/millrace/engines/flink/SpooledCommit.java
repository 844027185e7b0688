package io.millrace.engines.flink;

import io.millrace.api.DirectLoader;
import io.millrace.api.DirectWriter;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Receipt;
import io.millrace.api.Staged;
import io.millrace.api.WriteTask;
import io.millrace.core.reject.RejectWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes a spooled piece into its target and commits it there, together with its note. Doing so again finds the note.
 *
 * @param pending the folder of spools and of reject files
 */
record SpooledCommit(DirectLoader loader, WriteTask task, Path pending) {
    /** @param mayBeThere true where an earlier attempt may have committed it */
    LoadOutcome commit(Spool spool, boolean mayBeThere) {
        Optional<String> known = mayBeThere ? loader.find(task) : Optional.empty();
        return known.map(LoadOutcome::of).orElseGet(() -> write(spool));
    }

    private LoadOutcome write(Spool spool) {
        SpoolReader rows = new SpoolReader(pending, spool);
        RejectWriter rejects = new RejectWriter(
                pending.resolve(UUID.randomUUID() + ".jsonl"), task.lineage().id());
        boolean counts = false;
        try (DirectWriter writer = loader.open(task, rows.schema())) {
            rows.read(batch -> writer.write(batch, rejects.at("load")));
            Receipt receipt = writer.flush(rejects);
            LoadOutcome own = new LoadOutcome(
                    LoadOutcome.VERSION,
                    receipt.loaded(),
                    receipt.deduplicated() + rejects.deduplicated(),
                    rejects.rejected(),
                    rejects.stage().map(Staged::payload).orElse(null));
            String note = own.note();
            String committed = commit(writer, note);
            counts = committed.equals(note);
            return counts ? own : LoadOutcome.of(committed);
        } catch (MillraceException failed) {
            counts = failed.kind() == ErrorKind.COMMIT_UNKNOWN;
            throw failed;
        } finally {
            if (!counts) {
                rejects.discard();
            }
        }
    }

    private String commit(DirectWriter writer, String note) {
        try {
            return writer.commit(note);
        } catch (MillraceException failed) {
            if (failed.kind() != ErrorKind.COMMIT_UNKNOWN) {
                throw failed;
            }
            return loader.find(task)
                    .orElseThrow(() -> MillraceException.unavailable(
                            "the commit of " + task.unit() + " did not happen: " + failed.getMessage(), failed));
        }
    }
}
