package io.millrace.bench.steps;

import java.lang.management.ManagementFactory;

/** Something to repeat. */
interface Work {
    int ROUNDS = 7;

    /** Does it once; returns how many rows, or cells, it was. */
    long run();

    /** The best of several rounds, per second of this thread's processor time, so that other work does not count. */
    static double rate(Work work) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long done = work.run();
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            best = Math.max(best, done * 1e9 / nanos);
        }
        return best;
    }
}
