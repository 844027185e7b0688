package io.millrace.app.command;

import io.millrace.core.pipeline.Catalog;
import java.security.GeneralSecurityException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Does on another processor, while the command line and the pipeline file are read, what most runs need next and what takes
 * long only the first time: finding the connectors, the drivers of the ledger, of sources and targets, and what a login by
 * password is made of. It touches nothing outside of this process; what fails here fails again where it is needed, and is
 * reported there.
 */
public final class Preloading implements Runnable {
    private static final Set<String> RUNS = Set.of("run", "resume");
    /** As PostgreSQL asks for. */
    private static final int LOGIN_ROUNDS = 4096;

    private static final int KEY_BITS = 256;

    private Preloading() {}

    /**
     * Begins, for a command that runs a pipeline and where there is a processor to spare; not where connectors are plugins:
     * drivers are found once, and not before those are known.
     */
    public static void begin(String... arguments) {
        if (arguments.length > 0
                && RUNS.contains(arguments[0])
                && System.getProperty(PluginOption.CONNECTORS) == null
                && Runtime.getRuntime().availableProcessors() > 1) {
            Thread thread = new Thread(new Preloading(), "millrace-preloading");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void run() {
        try {
            Catalog.load();
            DriverManager.getConnection("jdbc:sqlite::memory:").close();
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(new char[] {'-'}, new byte[] {0}, LOGIN_ROUNDS, KEY_BITS));
        } catch (SQLException | GeneralSecurityException | RuntimeException | LinkageError reportedLater) {
            // See above.
        }
    }
}
