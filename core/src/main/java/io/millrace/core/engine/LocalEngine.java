package io.millrace.core.engine;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.core.ledger.RemainingSplit;
import io.millrace.core.run.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs splits on threads of this process: each worker takes the next split and reads, transforms and writes it by itself, so
 * memory is bounded by the workers, not by the data. The first failure that is not worth a retry ends all of them.
 *
 * <p>Making a piece durable is mostly waiting for the disk or the target. So there are two workers for every split that may
 * be copied at a time, and a permit to copy: while one makes its piece durable, the other copies the next.
 */
public final class LocalEngine implements BatchEngine {
    @Override
    public void execute(RunWork work) {
        for (int stage = 0; stage <= work.steps().last(); stage++) {
            List<RemainingSplit> splits = work.unfinished(stage);
            if (stage > 0) {
                work.listener().on(new RunEvent.Exchanging(work.steps().cutBefore(stage), splits.size()));
            }
            if (!splits.isEmpty()) {
                Pool pool = new Pool(work.stage(stage), splits);
                work.stop().onRequest(pool::wakeSleepers);
                pool.run(Math.min(2 * work.options().parallelism(), splits.size()));
            }
            work.finished(stage);
        }
    }

    private static final class Pool {
        private final StageWork work;
        private final Queue<RemainingSplit> waiting;
        private final Semaphore permits;
        private final Set<PieceAttempt> active = ConcurrentHashMap.newKeySet();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final CountDownLatch ending = new CountDownLatch(1);

        Pool(StageWork work, List<RemainingSplit> splits) {
            this.work = work;
            this.waiting = new ConcurrentLinkedQueue<>(splits);
            this.permits = new Semaphore(work.options().parallelism(), true);
        }

        void run(int workers) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 1; i <= workers; i++) {
                Thread thread = new Thread(this::workOff, "millrace-worker-" + i);
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
            threads.forEach(Pool::join);
            Throwable failed = failure.get();
            if (failed instanceof Error error) {
                throw error;
            }
            if (failed != null) {
                throw (RuntimeException) failed;
            }
            work.stop().check();
        }

        private static void join(Thread thread) {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException asked) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void workOff() {
            try {
                boolean more = true;
                while (more && failure.get() == null) {
                    more = workOffNext();
                }
            } catch (RuntimeException | Error failed) {
                if (failure.compareAndSet(null, failed)) {
                    wakeSleepers();
                    active.forEach(PieceAttempt::cancel);
                }
            }
        }

        /** False where no split is left. */
        private boolean workOffNext() {
            Permit permit = new Permit();
            try {
                permit.take();
                RemainingSplit split = waiting.poll();
                if (split == null || failure.get() != null) {
                    return false;
                }
                work.stop().check();
                Optional<RemainingSplit> next = Optional.of(split);
                while (next.isPresent()) {
                    next = next.get().following(complete(next.get(), permit));
                }
                return true;
            } finally {
                permit.giveBack();
            }
        }

        private PieceResult complete(RemainingSplit piece, Permit permit) {
            for (int number = 1; ; number++) {
                PieceAttempt attempt = new PieceAttempt(work, piece, number, this::await);
                try {
                    return perform(attempt, permit);
                } catch (RuntimeException failed) {
                    if (failure.get() != null || !work.options().retry().retries(failed, number)) {
                        throw failed;
                    }
                    permit.giveBack();
                    Duration delay = work.options().retry().delay(number);
                    work.listener()
                            .on(new RunEvent.Retrying(piece.split(), number, failed, delay, attempt.progressed()));
                    await(delay);
                }
            }
        }

        private PieceResult perform(PieceAttempt attempt, Permit permit) {
            permit.take();
            active.add(attempt);
            try {
                attempt.copy();
                permit.giveBack();
                return attempt.handIn();
            } catch (RuntimeException | Error failed) {
                attempt.abandon(failed);
                throw failed;
            } finally {
                active.remove(attempt);
                attempt.close();
            }
        }

        private void await(Duration delay) {
            try {
                if (ending.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
                    work.stop().check();
                    throw new MillraceException(ErrorKind.STOPPED, "another worker has failed");
                }
            } catch (InterruptedException interrupted) {
                throw interrupted(interrupted);
            }
        }

        void wakeSleepers() {
            ending.countDown();
        }

        private static MillraceException interrupted(InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new MillraceException(ErrorKind.STOPPED, "the run was interrupted", interrupted);
        }

        /** One worker's leave to copy; taking it twice is taking it once. */
        private final class Permit {
            private boolean held;

            void take() {
                if (!held) {
                    try {
                        permits.acquire();
                    } catch (InterruptedException interrupted) {
                        throw interrupted(interrupted);
                    }
                    held = true;
                }
            }

            void giveBack() {
                if (held) {
                    held = false;
                    permits.release();
                }
            }
        }
    }
}
