package io.millrace.connectors.redis;

import io.millrace.api.MillraceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Sends calls ahead of their replies, in order, and inspects every reply. After a failure that may pass, the call that
 * failed and all behind it are sent again in the same order: the version makes that harmless, and the last row of a key
 * stays the last. One thread.
 */
final class CallPipeline implements AutoCloseable {
    private final Sessions sessions;
    private final String scriptText;
    private final LoadTarget target;
    private final int most;
    private final Patience patience;
    private final Deque<LoadCall> unanswered = new ArrayDeque<>();
    private Session session;
    private byte[] script;
    private long loaded;

    CallPipeline(Sessions sessions, String scriptText, LoadTarget target, int most, Patience patience) {
        this.sessions = sessions;
        this.scriptText = scriptText;
        this.target = target;
        this.most = most;
        this.patience = patience;
    }

    /** Sends a call, waiting for the oldest reply where too many are out. */
    void send(LoadCall call) {
        settle(most - 1);
        unanswered.add(call);
        try {
            open();
            session.send(call.command(script, target));
        } catch (MillraceException failed) {
            sendAgain(failed);
        }
    }

    /** Waits for all replies. */
    void finish() {
        settle(0);
    }

    /** How many keys the calls that have been answered have added. */
    long loaded() {
        return loaded;
    }

    /** Does something else on the connection, between calls, until it succeeds. */
    <T> T ask(Question<T> question) {
        finish();
        for (patience.begin(); ; ) {
            try {
                open();
                return question.of(session);
            } catch (MillraceException failed) {
                patience.orThrow(failed);
                drop();
            }
        }
    }

    /** Something asked on a connection. */
    @FunctionalInterface
    interface Question<T> {
        T of(Session session);
    }

    private void settle(int left) {
        while (unanswered.size() > left) {
            try {
                Object reply = session.receive("writing to Redis");
                LoadCall answered = unanswered.remove();
                loaded += answered.loaded(reply instanceof List<?> refused ? refused : List.of());
                patience.begin();
            } catch (MillraceException failed) {
                sendAgain(failed);
            }
        }
    }

    private void sendAgain(MillraceException first) {
        MillraceException failed = first;
        while (true) {
            patience.orThrow(failed);
            try {
                if (session != null && !session.isBroken()) {
                    session.skipReplies();
                    script = session.load(scriptText);
                } else {
                    drop();
                    open();
                }
                for (LoadCall call : unanswered) {
                    session.send(call.command(script, target));
                }
                return;
            } catch (MillraceException again) {
                failed = again;
            }
        }
    }

    private void open() {
        if (session == null) {
            session = sessions.open();
            script = session.load(scriptText);
        }
    }

    private void drop() {
        if (session != null) {
            sessions.lost(session);
            session = null;
        }
    }

    /** Forgets what has not been answered. */
    @Override
    public void close() {
        if (session != null) {
            if (unanswered.isEmpty()) {
                sessions.done(session);
            } else {
                sessions.lost(session);
            }
            session = null;
        }
        unanswered.clear();
    }
}
