package io.millrace.core.engine;

import io.millrace.api.DirectLoader;
import io.millrace.api.Loader;
import io.millrace.api.PieceResult;
import io.millrace.api.Receipt;
import io.millrace.api.Rejects;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import java.util.Optional;

/** Where one attempt at a piece writes, whatever is behind it. One thread at a time. */
interface PieceOutput extends AutoCloseable {
    /** The output of an attempt at a piece of this stage; {@code attempt} tells its files from those of any other. */
    static PieceOutput open(StageWork work, WriteTask task, String attempt, Backoff backoff) {
        if (work.output() instanceof StageOutput.ToExchange exchange) {
            return new ExchangeOutput(exchange, task, attempt);
        }
        Loader loader = ((StageOutput.ToTarget) work.output()).loader();
        return loader instanceof DirectLoader direct
                ? new DirectOutput(
                        direct, task, work.steps().output(), work.options().retry(), backoff)
                : new StagingOutput((StagingLoader) loader, task, work.steps().output());
    }

    void write(Batch batch, Rejects rejects);

    /** Ends writing: what can be loaded and what cannot is known from here on. */
    Written finish(Rejects rejects);

    /**
     * Makes the piece final as far as this kind of loader does so piece by piece.
     *
     * @return the result that counts: another one than the given where an earlier attempt had committed
     */
    PieceResult commit(PieceResult result);

    @Override
    void close();

    /**
     * What {@link #finish} has left.
     *
     * @param deduplicated rows that the writer left out for another of their key
     */
    record Written(Optional<Staged> staged, Optional<Receipt> receipt, long loaded, long deduplicated) {}
}
