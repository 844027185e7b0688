package io.millrace.core.embedded;

import io.millrace.api.DirectLoader;
import io.millrace.api.DirectWriter;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.List;

/** A load that its writer commits as one piece. */
final class DirectLoad extends Load {
    private static final String NOTE = "{}";

    private final DirectLoader loader;
    private final WriteTask task;
    private DirectWriter writer;
    private boolean flushed;
    private boolean tried;

    DirectLoad(DirectLoader loader, Schema schema, WriteTask task) {
        super(schema);
        this.loader = loader;
        this.task = task;
    }

    @Override
    void write(Batch batch, Rejects rejects) {
        if (writer == null) {
            writer = loader.open(task, schema());
        }
        writer.write(batch, rejects);
    }

    /** Records that are refused this late were reported as loaded before, so nothing is committed without them. */
    @Override
    void finish() {
        List<RejectedRecord> refused = new ArrayList<>();
        if (writer != null) {
            writer.flush(new RecordRejects("load", refused::add));
        }
        if (!refused.isEmpty()) {
            throw new MillraceException(
                    ErrorKind.DATA,
                    loader.describe() + " refuses " + refused.size()
                            + " of the records, and nothing was committed; the first: " + refused.get(0));
        }
        flushed = true;
    }

    @Override
    boolean committing() {
        return flushed;
    }

    @Override
    void perform() {
        if (writer == null || tried && loader.find(task).isPresent()) {
            return;
        }
        if (tried) {
            throw new MillraceException(
                    ErrorKind.UNAVAILABLE,
                    loader.describe() + ": the commit has failed and its records are lost; close the target and load"
                            + " them again");
        }
        tried = true;
        writer.commit(NOTE);
    }

    @Override
    public void close() {
        try {
            if (writer != null) {
                writer.close();
            }
        } finally {
            loader.close();
        }
    }
}
