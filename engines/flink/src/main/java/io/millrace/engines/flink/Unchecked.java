package io.millrace.engines.flink;

import io.millrace.api.MillraceException;
import java.util.concurrent.Callable;

/** Calls of Flink's states, which may throw anything. */
final class Unchecked {
    private Unchecked() {}

    /** Some call. */
    interface Call {
        void make() throws Exception;
    }

    static <T> T get(Callable<T> call) {
        try {
            return call.call();
        } catch (RuntimeException known) {
            throw known;
        } catch (Exception failed) {
            throw MillraceException.unavailable("the state of a keyed step cannot be reached (" + failed + ")", failed);
        }
    }

    static void run(Call call) {
        get(() -> {
            call.make();
            return null;
        });
    }
}
