package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every embedded server consists of, made together and ended together.
 *
 * @param title the server's name in messages
 * @param watchdog empty for a server that is to outlive us
 */
record Launch(String title, ServerFolder folder, Program program, Optional<Watchdog> watchdog) {
    private static final Logger LOG = LoggerFactory.getLogger(Launch.class);

    /** Makes a server of a folder that is ours. */
    interface Making<S> {
        S in(ServerFolder folder) throws IOException;
    }

    /** Starts a program for the first time. */
    interface Starting<S> {
        S of(Launch launch) throws IOException;
    }

    /** Takes the folder, or a temporary one where it is null, and gives it free again where the making fails. */
    static <S> S in(String title, Path folder, Making<S> making) {
        try {
            ServerFolder owned = folder == null ? ServerFolder.temporary(title) : ServerFolder.at(title, folder);
            try {
                return making.in(owned);
            } catch (IOException | RuntimeException failure) {
                owned.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new SandboxException(
                    "Could not prepare the folder of the embedded " + title + ": " + failure, failure);
        }
    }

    /**
     * Starts the program under a watchdog, and ends both where that fails.
     *
     * @param mark how the watchdog knows the server
     * @param keep leaves the server alone when this process ends
     */
    static <S> S of(
            String title, ServerFolder folder, Program program, PidFile mark, boolean keep, Starting<S> starting)
            throws IOException {
        Optional<Watchdog> watchdog = keep ? Optional.empty() : Optional.of(Watchdog.over(folder, mark));
        try {
            S server = starting.of(new Launch(title, folder, program, watchdog));
            LOG.info("{} runs in {}", title, folder.path());
            return server;
        } catch (IOException | RuntimeException failure) {
            program.kill();
            watchdog.ifPresent(Watchdog::dismiss);
            throw failure;
        }
    }
}
