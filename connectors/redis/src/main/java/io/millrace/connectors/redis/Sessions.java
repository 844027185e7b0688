package io.millrace.connectors.redis;

import io.millrace.api.MillraceException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.Protocol.Command;

/**
 * Opens connections. What a lost one had sent may still lie unread at the server: it is ended there before anything is sent
 * again, so that no old row overtakes a new one. Thread-safe.
 */
final class Sessions {
    private final RedisServer server;
    private final Map<Session, Long> open = new ConcurrentHashMap<>();
    private final Set<Long> lost = ConcurrentHashMap.newKeySet();

    Sessions(RedisServer server) {
        this.server = server;
    }

    Session open() {
        Session session = Session.open(server);
        try {
            for (Long id : lost) {
                // The reply is how many: none where the server has noticed by itself.
                session.ask("ending a lost connection at Redis", Command.CLIENT, "KILL", "ID", id.toString());
                lost.remove(id);
            }
            open.put(session, session.id());
            return session;
        } catch (MillraceException failed) {
            session.close();
            throw failed;
        }
    }

    /** Gives up a connection some of whose commands have no reply. */
    void lost(Session session) {
        session.close();
        Long id = open.remove(session);
        if (id != null) {
            lost.add(id);
        }
    }

    /** Gives up a connection that nothing is awaited on. */
    void done(Session session) {
        session.close();
        open.remove(session);
    }
}
