package io.millrace.connectors.redis;

import io.millrace.api.ErrorKind;
import io.millrace.api.Lookup;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Schema;
import io.millrace.formats.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Asks Redis for the keys of a batch, ahead of the replies. */
final class RedisLookup implements Lookup {
    private final RedisLookupSettings settings;
    private final RedisServer server;
    private final Patience patience;
    private final Schema schema;
    private final BatchBuilder answers;
    private final AnswerReader reader;
    private Session session;

    RedisLookup(RedisLookupSettings settings, RedisServer server, RetryPolicy retry) {
        this.settings = settings;
        this.server = server;
        this.patience = new Patience(retry);
        JsonFields fields = JsonFields.of(settings.schema());
        this.schema = fields.schema();
        this.answers = new BatchBuilder(schema);
        this.reader = AnswerReader.of(settings.as(), fields, answers);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Batch find(Batch keys, BitSet missing) {
        List<byte[]> asked = keysOf(keys);
        for (patience.begin(); ; ) {
            missing.clear();
            answers.truncate(0);
            try {
                if (session == null) {
                    session = Session.open(server);
                }
                ask(asked, missing);
                tellEmptyFromAbsent(asked, missing);
                return answers.build(keys.origin().orElse(null));
            } catch (MillraceException failed) {
                close();
                patience.orThrow(failed);
            }
        }
    }

    /** Null where there cannot be a key. */
    private List<byte[]> keysOf(Batch batch) {
        RowKeys keys = new RowKeys(settings.keyTemplate(), batch.schema());
        keys.bind(batch);
        Bytes buffer = new Bytes();
        List<byte[]> all = new ArrayList<>(batch.rowCount());
        for (int row = 0; row < batch.rowCount(); row++) {
            all.add(keys.write(row, buffer).isPresent() ? null : buffer.toArray());
        }
        return all;
    }

    private void ask(List<byte[]> asked, BitSet missing) {
        int sent = 0;
        int ahead = 0;
        for (int row = 0; row < asked.size(); row++) {
            for (; sent < asked.size() && ahead < settings.keysInFlight(); sent++) {
                if (asked.get(sent) != null) {
                    session.send(reader.question(asked.get(sent)));
                    ahead++;
                }
            }
            byte[] key = asked.get(row);
            Object reply = null;
            if (key != null) {
                reply = session.receive("reading a key such as " + name(key) + " from Redis");
                ahead--;
            }
            missing.set(row, !append(key, reply));
        }
    }

    private boolean append(byte[] key, Object reply) {
        try {
            return reader.append(reply);
        } catch (IllegalArgumentException bad) {
            throw new MillraceException(
                    ErrorKind.DATA,
                    "the key " + name(key) + " at " + server.address() + " holds what schema does not say: "
                            + bad.getMessage() + ". Correct the value or the schema.",
                    bad);
        }
    }

    /** A hash without any of the fields that were asked for looks like one that is not there. */
    private void tellEmptyFromAbsent(List<byte[]> asked, BitSet missing) {
        if (settings.as() != ValueForm.HASH) {
            return;
        }
        int[] rows = missing.stream().filter(row -> asked.get(row) != null).toArray();
        for (int row : rows) {
            session.send(new CommandArguments(Command.EXISTS).add(asked.get(row)));
        }
        for (int row : rows) {
            missing.set(row, (Long) session.receive("looking for keys in Redis") == 0);
        }
    }

    private static String name(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
