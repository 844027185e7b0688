package io.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Repeats work inside one process and prints what the last time took, for the benchmark to read. */
final class SelfTimed {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final String PREFIX = "last:";

    private SelfTimed() {}

    /** Each call returns the rows it handled; the last one's time, CPU time and rows are printed. */
    static void repeat(int times, Callable<Long> work) throws Exception {
        for (int i = 1; i <= times; i++) {
            long started = System.nanoTime();
            long cpu = SYSTEM.getProcessCpuTime();
            long rows = work.call();
            double seconds = (System.nanoTime() - started) / 1e9;
            double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
            if (i == times) {
                System.out.printf(Locale.ROOT, "%s %.4f %.4f %d%n", PREFIX, seconds, cpuSeconds, rows);
            }
        }
    }

    /** Reads the printed line back. */
    static Measurement parse(String output, double peakMegabytes) {
        String line = output.lines()
                .filter(candidate -> candidate.startsWith(PREFIX))
                .findFirst()
                .orElseThrow(() -> new BenchFailure("No result in the output:\n" + output));
        String[] parts = line.split(" ");
        return new Measurement(
                Double.parseDouble(parts[1]), Double.parseDouble(parts[2]), peakMegabytes, Long.parseLong(parts[3]));
    }
}
