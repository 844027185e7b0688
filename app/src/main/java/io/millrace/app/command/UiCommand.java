package io.millrace.app.command;

import io.millrace.api.ErrorKind;
import io.millrace.app.Signals;
import io.millrace.app.dashboard.Dashboard;
import io.millrace.core.ledger.Ledger;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace ui}. */
@Command(
        name = "ui",
        description = "Show runs in a browser on this machine, live ones too. Changes nothing; ends with Ctrl-C.",
        footer = {
            "",
            "Examples:",
            "  millrace ui",
            "  millrace ui --port 0 --state postgresql://db.example.com/millrace     any free port, a shared state"
        })
public final class UiCommand implements Callable<Integer>, Reported {
    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8421",
            description = "Listen on this port of 127.0.0.1, on any with 0 (default: ${DEFAULT-VALUE}).")
    private int port;

    @Mixin
    private StateOption state;

    @Mixin
    private OutputOptions output;

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Signals.handle((exitCode, times) -> end.countDown());
        try (Ledger ledger = state.existing();
                Dashboard dashboard = Dashboard.start(ledger, state.place().folder(), port)) {
            System.err.println("the dashboard is at " + dashboard.url() + " (Ctrl-C ends it)");
            end.await();
        } catch (InterruptedException interrupted) {
            return ErrorKind.STOPPED.exitCode();
        }
        return 0;
    }
}
