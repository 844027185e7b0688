package io.millrace.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** The limit on the driver's side: COPY BINARY through the JDBC driver, no byte of it looked at. */
final class DrainedDriver {
    private DrainedDriver() {}

    /** Arguments: how many connections, how many times. */
    public static void main(String[] arguments) throws Exception {
        int connections = Integer.parseInt(arguments[0]);
        SelfTimed.repeat(Integer.parseInt(arguments[1]), () -> drain(connections));
    }

    private static long drain(int connections) throws SQLException, InterruptedException, ExecutionException {
        List<String> copies;
        try (Connection connection = Source.connect()) {
            copies = Source.copies(connection, Source.table(), connections);
        }
        ExecutorService workers = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Long>> drained = workers.invokeAll(copies.stream()
                    .map(copy -> (java.util.concurrent.Callable<Long>) () -> drain(copy))
                    .toList());
            long rows = 0;
            for (Future<Long> part : drained) {
                rows += part.get();
            }
            return rows;
        } finally {
            workers.shutdown();
        }
    }

    private static long drain(String copy) throws SQLException {
        try (Connection connection = Source.connect()) {
            CopyOut out = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
            while (out.readFromCopy() != null) {
                // Thrown away: only the way from the server to here is measured.
            }
            return out.getHandledRowCount();
        }
    }
}
