package io.millrace.core.engine;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Split;
import io.millrace.core.run.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs splits on threads of this process: each worker takes the next split and reads, transforms and writes it by itself, so
 * memory is bounded by the workers, not by the data. The first failure that is not worth a retry ends all of them.
 */
public final class LocalEngine implements BatchEngine {
    @Override
    public void execute(RunWork work) {
        Pool pool = new Pool(work);
        work.stop().onRequest(pool::wakeSleepers);
        pool.run(
                Math.max(1, Math.min(work.options().parallelism(), work.splits().size())));
    }

    private static final class Pool {
        private final RunWork work;
        private final Queue<Split> waiting;
        private final Set<PieceAttempt> active = ConcurrentHashMap.newKeySet();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final CountDownLatch ending = new CountDownLatch(1);

        Pool(RunWork work) {
            this.work = work;
            this.waiting = new ConcurrentLinkedQueue<>(work.splits());
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
                for (Split split = waiting.poll(); split != null && failure.get() == null; split = waiting.poll()) {
                    work.stop().check();
                    workOff(split);
                }
            } catch (RuntimeException | Error failed) {
                if (failure.compareAndSet(null, failed)) {
                    wakeSleepers();
                    active.forEach(PieceAttempt::cancel);
                }
            }
        }

        private void workOff(Split split) {
            for (int number = 1; ; number++) {
                PieceAttempt attempt = new PieceAttempt(work, split, number);
                active.add(attempt);
                try {
                    work.listener().on(new RunEvent.SplitStarted(split, number));
                    attempt.run();
                    return;
                } catch (RuntimeException failed) {
                    if (failure.get() != null || !work.options().retry().retries(failed, number)) {
                        throw failed;
                    }
                    Duration delay = work.options().retry().delay(number);
                    work.listener().on(new RunEvent.Retrying(split, number, failed, delay, attempt.progressed()));
                    await(delay);
                } finally {
                    active.remove(attempt);
                }
            }
        }

        private void await(Duration delay) {
            try {
                if (ending.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
                    work.stop().check();
                    throw new MillraceException(ErrorKind.STOPPED, "another worker has failed");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new MillraceException(ErrorKind.STOPPED, "the run was interrupted", interrupted);
            }
        }

        void wakeSleepers() {
            ending.countDown();
        }
    }
}
