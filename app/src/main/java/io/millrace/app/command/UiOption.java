package io.millrace.app.command;

import io.millrace.api.MillraceException;
import io.millrace.app.dashboard.Dashboard;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.StatePlace;
import picocli.CommandLine.Option;

/** The dashboard beside a run. */
final class UiOption {
    private static final int USUAL_PORT = 8421;

    @Option(names = "--ui", description = "Show the run in a browser while it works; the address is printed.")
    private boolean wanted;

    /** What has been started. */
    interface Running extends AutoCloseable {
        @Override
        void close();
    }

    /** Starts it where it is wanted; it never keeps a run from beginning. */
    Running start(StatePlace state) {
        if (!wanted) {
            return () -> {};
        }
        Ledger ledger = state.open();
        try {
            Dashboard dashboard = start(ledger, state);
            System.err.println("watch it at " + dashboard.url());
            return () -> {
                dashboard.close();
                ledger.close();
            };
        } catch (MillraceException failed) {
            ledger.close();
            System.err.println("warning: there is no dashboard: " + failed.getMessage());
            return () -> {};
        }
    }

    private static Dashboard start(Ledger ledger, StatePlace state) {
        try {
            return Dashboard.start(ledger, state.folder(), USUAL_PORT);
        } catch (MillraceException taken) {
            return Dashboard.start(ledger, state.folder(), 0);
        }
    }
}
