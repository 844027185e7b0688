package io.millrace.app.doctor;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that was looked at.
 *
 * @param name of it
 * @param found in a sentence: what is so, or what is wrong with its remedy
 * @param failure whose turn it is, where nothing works like this
 */
public record Check(String name, Verdict verdict, String found, Optional<ErrorKind> failure) {
    /** How it stands. */
    public enum Verdict {
        OK,
        /** It works, but not well, or not for long. */
        WARNING,
        FAILED
    }

    static Check ok(String name, String found) {
        return new Check(name, Verdict.OK, found, Optional.empty());
    }

    static Check warning(String name, String found) {
        return new Check(name, Verdict.WARNING, found, Optional.empty());
    }

    static Check failed(String name, ErrorKind kind, String found) {
        return new Check(name, Verdict.FAILED, found, Optional.of(kind));
    }

    /** What a look comes to: its own sentence, or the failure that it ends with. */
    static Check of(String name, Supplier<Check> look) {
        try {
            return look.get();
        } catch (MillraceException understood) {
            return failed(name, understood.kind(), understood.getMessage());
        }
    }
}
