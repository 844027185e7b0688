package io.millrace.core.engine;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.core.ledger.RemainingSplit;
import io.millrace.core.run.RunEvent;
import java.time.Duration;
import java.util.Optional;

/**
 * Works splits off on the calling thread, piece by piece, as a task of a distributed engine does. What failed for a reason
 * that may pass is tried again as {@code run.retry} says.
 */
public final class SplitWorker {
    private static final long LONGEST_NAP = 200;

    private final StageWork work;
    private int attempts;

    /** @param attempts how many attempts were made before, so that none has another one's number */
    public SplitWorker(StageWork work, int attempts) {
        this.work = work;
        this.attempts = attempts;
    }

    /** Works a split off to its end; its results are with the recorder then. */
    public void complete(RemainingSplit split) {
        Optional<RemainingSplit> next = Optional.of(split);
        while (next.isPresent()) {
            next = next.get().following(completePiece(next.get()));
        }
    }

    private PieceResult completePiece(RemainingSplit piece) {
        for (int number = 1; ; number++) {
            PieceAttempt attempt = new PieceAttempt(work, piece, ++attempts, this::await);
            try {
                return perform(attempt);
            } catch (RuntimeException failed) {
                if (!work.options().retry().retries(failed, number)) {
                    throw failed;
                }
                Duration delay = work.options().retry().delay(number);
                work.listener().on(new RunEvent.Retrying(piece.split(), number, failed, delay, attempt.progressed()));
                await(delay);
            }
        }
    }

    private static PieceResult perform(PieceAttempt attempt) {
        try {
            attempt.copy();
            return attempt.handIn();
        } catch (RuntimeException | Error failed) {
            attempt.abandon(failed);
            throw failed;
        } finally {
            attempt.close();
        }
    }

    /** Naps, since nobody wakes this thread when the task is to end. */
    private void await(Duration delay) {
        long end = System.nanoTime() + delay.toNanos();
        try {
            for (long left = delay.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                work.stop().check();
                Thread.sleep(Math.min(left, LONGEST_NAP));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorKind.STOPPED, "the task was interrupted", interrupted);
        }
    }
}
