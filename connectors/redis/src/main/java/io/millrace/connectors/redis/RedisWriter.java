package io.millrace.connectors.redis;

import io.millrace.api.DirectWriter;
import io.millrace.api.ErrorKind;
import io.millrace.api.Failpoint;
import io.millrace.api.Fence;
import io.millrace.api.MillraceException;
import io.millrace.api.Receipt;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes one piece, call by call; what has been written stays, whatever becomes of the piece. One thread. */
final class RedisWriter implements DirectWriter {
    /** A call ends when its keys and values have grown to this, so that the server can do something else in between. */
    private static final long CALL_BYTES = 1 << 20;

    private static final byte[] SUFFIX = RowEncoder.VERSION_SUFFIX.getBytes(StandardCharsets.US_ASCII);

    private final RedisTargetSettings settings;
    private final RowKeys keys;
    private final RowEncoder values;
    private final CallPipeline calls;
    private final Fencing fencing;
    private final Replicas replicas;
    private final Fence fence;
    private final SeenKeys seen = new SeenKeys();
    private final Bytes key = new Bytes();
    private LoadCall call;
    private long rows;

    RedisWriter(
            RedisTargetSettings settings,
            RowKeys keys,
            RowEncoder values,
            CallPipeline calls,
            Fencing fencing,
            Replicas replicas,
            Fence fence) {
        this.settings = settings;
        this.keys = keys;
        this.values = values;
        this.calls = calls;
        this.fencing = fencing;
        this.replicas = replicas;
        this.fence = fence;
        this.call = newCall();
    }

    private LoadCall newCall() {
        return new LoadCall(settings.keysPerCall(), values.width());
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        keys.bind(batch);
        values.bind(batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            Optional<RowKeys.Fault> fault = keys.write(row, key);
            if (fault.isPresent()) {
                rejects.reject(batch, row, fault.get().column(), fault.get().reason());
            } else if (values.fault(row).isPresent()) {
                rejects.reject(batch, row, null, values.fault(row).get());
            } else if (settings.as() == ValueForm.STRING && key.endsWith(SUFFIX)) {
                rejects.reject(batch, row, null, "a key that ends in " + RowEncoder.VERSION_SUFFIX + " is a version's");
            } else {
                long hash = key.hash();
                call.begin(key.toArray(), hash, seen.add(hash));
                values.add(row, call);
                rows++;
                sendIfFull();
            }
        }
    }

    private void sendIfFull() {
        if (call.isFull() || call.bytes() >= CALL_BYTES) {
            send();
        }
    }

    private void send() {
        LoadCall full = call;
        call = newCall();
        calls.send(full);
        Failpoint.MID_WRITE.reached();
    }

    @Override
    public Receipt flush(Rejects rejects) {
        if (call.rows() > 0) {
            send();
        }
        calls.finish();
        if (replicas.wanted()) {
            calls.ask(replicas::await);
        }
        return new Receipt(calls.loaded(), rows - calls.loaded());
    }

    @Override
    public String commit(String note) {
        Failpoint.MID_COMMIT.reached();
        Optional<String> holder = calls.ask(fencing::holder);
        if (holder.isEmpty()) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    "Redis no longer knows this run, so it has lost what the run wrote: it was emptied, or restarted"
                            + " without persistence. Begin the run anew with --restart.");
        }
        if (!holder.get().equals(Long.toString(fence.epoch()))) {
            throw new MillraceException(
                    ErrorKind.FENCED,
                    "a newer attempt at this run (epoch " + holder.get() + ", ours is " + fence.epoch()
                            + ") writes to Redis; this one must not write any more");
        }
        return note;
    }

    @Override
    public void abort() {
        // Rows that are in the target stay: whoever writes the piece again writes the same.
        calls.close();
    }

    @Override
    public void close() {
        calls.close();
    }
}
