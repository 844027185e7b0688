package io.millrace.connectors.redis;

import io.millrace.api.data.BatchBuilder;
import io.millrace.formats.json.JsonColumn;
import io.millrace.formats.json.JsonDecoder;
import io.millrace.formats.json.JsonFields;
import io.millrace.formats.json.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** What to ask for a key, and how to append the reply as a row. One thread. */
interface AnswerReader {
    CommandArguments question(byte[] key);

    /**
     * Appends a row: nulls where the reply is null. False where the key seems not to be there.
     *
     * @throws IllegalArgumentException where the reply is not what the schema says; the builder may hold half a row
     */
    boolean append(Object reply);

    static AnswerReader of(ValueForm form, JsonFields fields, BatchBuilder answers) {
        return switch (form) {
            case HASH -> new Fields(fields, answers);
            case JSON -> new Document(fields.decoder(answers, 0, JsonLimits.DEFAULT), answers);
            case STRING -> new Value(fields, answers);
        };
    }

    /** The fields of a hash. */
    final class Fields implements AnswerReader {
        private final List<JsonColumn> columns;
        private final CellReader[] readers;
        private final BatchBuilder answers;

        Fields(JsonFields fields, BatchBuilder answers) {
            this.columns = fields.columns();
            this.answers = answers;
            this.readers = new CellReader[columns.size()];
            for (int i = 0; i < readers.length; i++) {
                readers[i] = reader(columns.get(i), answers, i);
            }
        }

        @Override
        public CommandArguments question(byte[] key) {
            CommandArguments question = new CommandArguments(Command.HMGET).add(key);
            columns.forEach(column -> question.add(column.name().getBytes(StandardCharsets.UTF_8)));
            return question;
        }

        @Override
        public boolean append(Object reply) {
            List<?> values = reply == null ? null : Session.list(reply);
            boolean any = false;
            for (int i = 0; i < readers.length; i++) {
                byte[] value = values == null ? null : (byte[]) values.get(i);
                any |= value != null;
                if (value == null) {
                    answers.column(i).appendNull();
                } else {
                    AnswerReader.append(readers[i], value, columns.get(i));
                }
            }
            return any;
        }
    }

    /** A JSON object. */
    record Document(JsonDecoder decoder, BatchBuilder answers) implements AnswerReader {
        @Override
        public CommandArguments question(byte[] key) {
            return new CommandArguments(Command.GET).add(key);
        }

        @Override
        public boolean append(Object reply) {
            if (reply == null) {
                for (int i = 0; i < answers.schema().size(); i++) {
                    answers.column(i).appendNull();
                }
                return false;
            }
            decoder.decode((byte[]) reply).ifPresent(failure -> {
                throw new IllegalArgumentException(
                        failure.column().map(name -> name + " is ").orElse("") + failure.reason());
            });
            return true;
        }
    }

    /** A string that is the value. */
    final class Value implements AnswerReader {
        private final JsonColumn column;
        private final CellReader reader;
        private final BatchBuilder answers;

        Value(JsonFields fields, BatchBuilder answers) {
            this.column = fields.columns().get(0);
            this.reader = reader(column, answers, 0);
            this.answers = answers;
        }

        @Override
        public CommandArguments question(byte[] key) {
            return new CommandArguments(Command.GET).add(key);
        }

        @Override
        public boolean append(Object reply) {
            if (reply == null) {
                answers.column(0).appendNull();
            } else {
                AnswerReader.append(reader, (byte[]) reply, column);
            }
            return reply != null;
        }
    }

    private static CellReader reader(JsonColumn column, BatchBuilder answers, int position) {
        return CellReader.into(answers.column(position), column.zone().orElse(ZoneOffset.UTC));
    }

    private static void append(CellReader reader, byte[] value, JsonColumn column) {
        try {
            reader.append(value);
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(column.name() + " is " + bad.getMessage(), bad);
        }
    }
}
