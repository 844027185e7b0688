package io.millrace.testkit.network;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** What is wrong with the network now. Compared by identity. */
sealed interface Fault {
    /** Nothing. */
    final class None implements Fault {}

    /** No new connections. */
    final class Refuse implements Fault {}

    /** Everything takes longer. */
    final class Delay implements Fault {
        final Duration time;
        final boolean requestsOnly;

        Delay(Duration time, boolean requestsOnly) {
            this.time = time;
            this.requestsOnly = requestsOnly;
        }
    }

    /** The connection that exceeds the budget is reset. */
    final class Cut implements Fault {
        final boolean requests;
        private final AtomicLong budget;

        Cut(boolean requests, long bytes) {
            this.requests = requests;
            this.budget = new AtomicLong(bytes);
        }

        /** How many of these bytes may still pass. */
        int allowed(int bytes) {
            long left = budget.getAndAdd(-bytes);
            return (int) Math.max(0, Math.min(left, bytes));
        }
    }

    /** Answers vanish, or requests too. */
    final class Swallow implements Fault {
        final boolean requestsToo;

        Swallow(boolean requestsToo) {
            this.requestsToo = requestsToo;
        }
    }

    /** Some requests get this answer and never reach the server. */
    final class Answer implements Fault {
        private final byte[] answer;
        private final AtomicInteger left;

        Answer(int times, byte[] answer) {
            this.left = new AtomicInteger(times);
            this.answer = answer.clone();
        }

        /** The answer to the next request; empty where all have been given. */
        Optional<byte[]> next() {
            return left.getAndDecrement() > 0 ? Optional.of(answer) : Optional.empty();
        }

        int left() {
            return Math.max(0, left.get());
        }
    }

    /** The answer to one request vanishes with its connection. */
    final class LoseAnswer implements Fault {
        final Predicate<byte[]> request;

        LoseAnswer(Predicate<byte[]> request) {
            this.request = request;
        }
    }
}
