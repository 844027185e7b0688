package io.millrace.core.ledger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * A process that holds a lease.
 *
 * @param processStart start time of the process in milliseconds, or 0 where the system does not tell: a pid alone may have
 *     been given to another process
 */
record Owner(String host, long pid, long processStart) {
    static Owner current() {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(hostName(), self.pid(), startOf(self));
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    /** True where this process certainly no longer runs; false for a process of another host. */
    boolean isDeadHere() {
        return host.equals(hostName())
                && ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> processStart == 0 || startOf(process) == processStart)
                        .isEmpty();
    }

    @Override
    public String toString() {
        return "process " + pid + " on " + host;
    }
}
