package io.millrace.core.engine;

import io.millrace.api.PieceResult;
import io.millrace.api.Rejects;
import io.millrace.api.Staged;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.core.exchange.ExchangeWriter;
import io.millrace.core.keyed.Lift;
import io.millrace.core.reject.LeftOut;
import java.util.Optional;

/** A piece whose rows wait for others of their key. */
final class ExchangeOutput implements PieceOutput {
    private final Lift lift;
    private final ExchangeWriter writer;
    private long taken;

    ExchangeOutput(StageOutput.ToExchange output, WriteTask task, String attempt) {
        this.lift = output.exchange().step().lift();
        this.writer = output.exchange().writer(task.piece(), attempt, output.buckets());
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        LeftOut leftOut = new LeftOut(rejects);
        lift.add(batch, writer::write, leftOut);
        taken += batch.rowCount() - leftOut.rows();
    }

    @Override
    public Written finish(Rejects rejects) {
        lift.flush(writer::write);
        Staged staged = writer.stage(taken);
        return new Written(Optional.of(staged), Optional.empty(), taken, 0);
    }

    @Override
    public PieceResult commit(PieceResult result) {
        return result;
    }

    @Override
    public void close() {
        writer.close();
    }
}
