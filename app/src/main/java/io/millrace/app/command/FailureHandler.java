package io.millrace.app.command;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.app.console.ReportJson;
import io.millrace.app.errors.ErrorCatalogue;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into a message and an exit code. */
public final class FailureHandler implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        Object user = command.getCommandSpec().userObject();
        Optional<OutputOptions> output =
                user instanceof Reported reported ? Optional.of(reported.output()) : Optional.empty();
        String message = message(failure);
        System.err.println("error: " + message);
        ErrorCatalogue.hint(message).ifPresent(System.err::println);
        if (output.map(OutputOptions::debug).orElse(false)) {
            failure.printStackTrace(System.err);
        } else if (MillraceException.kindOf(failure) == ErrorKind.INTERNAL) {
            System.err.println("This is a defect of Millrace or of a plugin; --debug shows where.");
        }
        if (output.map(OutputOptions::json).orElse(false)) {
            output.get().print(ReportJson.ofFailure(Optional.empty(), Instant.now(), message));
        }
        return MillraceException.kindOf(failure).exitCode();
    }

    private static String message(Exception failure) {
        return failure instanceof MillraceException ? failure.getMessage() : failure.toString();
    }
}
