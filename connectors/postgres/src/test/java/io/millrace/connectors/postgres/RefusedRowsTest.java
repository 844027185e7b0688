package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.DirectWriter;
import io.millrace.api.Receipt;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import io.millrace.testkit.extractor.RecordedRejects;
import io.millrace.testkit.extractor.RecordedRejects.Reject;
import io.millrace.testkit.loader.DirectRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that only the server can refuse: they are rejected with its message, all others are loaded. */
class RefusedRowsTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("id", DataType.INT64, false), Field.of("ref", DataType.INT64), Field.of("text", DataType.STRING));
    private static final String CHECKED = "CREATE TABLE target (id bigint, ref bigint, text text, CHECK (id % 7 <> 3))";
    private static final String CHECK_MESSAGE =
            "new row for relation \"target\" violates check constraint \"target_id_check\"";

    private final TargetUnderTest target = TargetUnderTest.fresh();
    private final RecordedRejects rejects = new RecordedRejects();

    private static Batch batch(long from, long to, LongFunction<Long> ref, String text) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        for (long id = from; id < to; id++) {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("id", id);
            record.put("ref", ref.apply(id));
            record.put("text", text);
            builder.appendRecord(record);
        }
        return builder.build(Origin.of("split-0", from));
    }

    private Receipt load(Batch... batches) {
        try (DirectRun run = target.run(SCHEMA);
                DirectWriter writer = run.open("split-0.0", 0)) {
            Receipt receipt = DirectRun.write(writer, rejects, batches);
            writer.commit("note");
            return receipt;
        }
    }

    private List<Long> loadedIds() {
        return target.query("SELECT id FROM target ORDER BY id").stream()
                .map(row -> (Long) row.get("id"))
                .toList();
    }

    private static List<Long> ids(long from, long to, java.util.function.LongPredicate kept) {
        return LongStream.range(from, to).filter(kept).boxed().toList();
    }

    private void assertRejected(List<Long> ids, String reason) {
        assertThat(rejects.all()).extracting(Reject::ordinal).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(rejects.all())
                .allSatisfy(reject -> assertThat(reject.reason()).isEqualTo(reason))
                .allSatisfy(reject -> assertThat(reject.splitId()).isEqualTo("split-0"));
    }

    @Test
    void rowsThatBreakACheckAreRejected() {
        target.execute(CHECKED);
        Receipt receipt = load(batch(0, 100, id -> null, "a"), batch(100, 200, id -> null, "b"));
        assertThat(loadedIds()).isEqualTo(ids(0, 200, id -> id % 7 != 3));
        assertRejected(ids(0, 200, id -> id % 7 == 3), CHECK_MESSAGE);
        assertThat(receipt.loaded() + rejects.all().size()).isEqualTo(200);
    }

    @Test
    void keysThatAreThereAlreadyAndDoublesWithinThePieceAreRejected() {
        target.execute(
                "CREATE TABLE target (id bigint PRIMARY KEY, ref bigint, text text)",
                "INSERT INTO target VALUES (5), (150)");
        load(batch(0, 100, id -> null, "a"), batch(90, 200, id -> null, "b"));
        assertThat(loadedIds()).isEqualTo(ids(0, 200, id -> true));
        assertThat(rejects.all())
                .extracting(Reject::ordinal)
                .containsExactlyInAnyOrder(5L, 150L, 90L, 91L, 92L, 93L, 94L, 95L, 96L, 97L, 98L, 99L);
        assertThat(rejects.all())
                .extracting(Reject::reason)
                .containsOnly("duplicate key value violates unique constraint \"target_pkey\"");
        assertThat(target.column("SELECT text FROM target WHERE id = 95")).containsExactly("a");
    }

    /** The server checks foreign keys at the statement's end, and names no line: the rows are found by halving. */
    @Test
    void rowsWithoutTheirParentAreRejected() {
        target.execute(
                "CREATE TABLE parent (id bigint PRIMARY KEY)",
                "INSERT INTO parent VALUES (1), (2)",
                "CREATE TABLE target (id bigint, ref bigint REFERENCES parent DEFERRABLE INITIALLY DEFERRED, text text)");
        load(batch(0, 300, id -> id == 17 || id == 170 || id == 171 ? 9L : id % 2 + 1, "a"));
        assertThat(loadedIds()).isEqualTo(ids(0, 300, id -> id != 17 && id != 170 && id != 171));
        assertRejected(
                List.of(17L, 170L, 171L),
                "insert or update on table \"target\" violates foreign key constraint \"target_ref_fkey\"");
    }

    @Test
    void rowsThatATriggerRefusesAreRejectedWithItsWords() {
        target.execute(
                "CREATE TABLE target (id bigint, ref bigint, text text)",
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN IF new.id = 42 THEN RAISE 'not forty-two'; END IF; RETURN new; END $$",
                "CREATE TRIGGER refuse BEFORE INSERT ON target FOR EACH ROW EXECUTE FUNCTION refuse()");
        load(batch(0, 100, id -> null, "a"));
        assertThat(loadedIds()).isEqualTo(ids(0, 100, id -> id != 42));
        assertRejected(List.of(42L), "not forty-two");
    }

    @Test
    void aPieceOfNothingButRefusedRowsLoadsNothing() {
        target.execute("CREATE TABLE target (id bigint, ref bigint, text text, CHECK (id < 0))");
        assertThat(load(batch(0, 50, id -> null, "a"))).isEqualTo(new Receipt(0, 0));
        assertRejected(
                ids(0, 50, id -> true),
                "new row for relation \"target\" violates check constraint \"target_id_check\"");
        assertThat(loadedIds()).isEmpty();
    }

    /** What was sent long ago is not held any more: a savepoint keeps it. */
    @Test
    void longPiecesKeepWhatWasSentBefore() {
        target.execute(CHECKED);
        String megabyte = "x".repeat(1 << 20);
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            batches.add(batch(i * 5L, i * 5L + 5, id -> null, megabyte));
        }
        load(batches.toArray(Batch[]::new));
        assertThat(loadedIds()).isEqualTo(ids(0, 100, id -> id % 7 != 3));
        assertRejected(ids(0, 100, id -> id % 7 == 3), CHECK_MESSAGE);
    }

    /** More parts than the server keeps at hand: they are loaded as one in between. */
    @Test
    void manyRefusedRowsLeaveFewSubtransactions() {
        target.execute(CHECKED);
        load(batch(0, 5_000, id -> null, "a"));
        assertThat(loadedIds()).isEqualTo(ids(0, 5_000, id -> id % 7 != 3));
        assertRejected(ids(0, 5_000, id -> id % 7 == 3), CHECK_MESSAGE);
        // A subtransaction has an id of its own, which the rows that it has written bear.
        assertThat(target.column("SELECT count(DISTINCT xmin::text) <= 64 FROM target"))
                .containsExactly("true");
    }

    /** Rows that are good by themselves and refused together must not be loaded together again and again. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rowsThatTheServerTakesOnlyInSmallPartsAreLoadedInSmallParts(boolean upsert) {
        if (upsert) {
            target.upsert(List.of("id"));
        }
        target.execute(
                "CREATE TABLE target (id bigint PRIMARY KEY, ref bigint, text text)",
                "CREATE FUNCTION few() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF (SELECT count(*) FROM loaded) > 20 THEN RAISE 'too many'; END IF; RETURN null; END $$",
                "CREATE TRIGGER few AFTER INSERT ON target REFERENCING NEW TABLE AS loaded"
                        + " FOR EACH STATEMENT EXECUTE FUNCTION few()");
        assertThat(load(batch(0, 1_000, id -> null, "a"))).isEqualTo(new Receipt(1_000, 0));
        assertThat(loadedIds()).isEqualTo(ids(0, 1_000, id -> true));
        assertThat(rejects.all()).isEmpty();
    }

    @Test
    void upsertRejectsWhatTheTableRefuses() {
        target.upsert(List.of("id"));
        target.execute(
                "CREATE TABLE target (id bigint PRIMARY KEY, ref bigint UNIQUE, text text, CHECK (id % 7 <> 3))",
                "INSERT INTO target VALUES (1, 1000, 'there'), (2, 7, 'holds the ref of 7')");
        Receipt receipt = load(batch(0, 60, id -> id, "a"), batch(50, 120, id -> id, "b"));
        // Keys are loaded in order: 2 has given the ref of 7 away before 7 asks for it.
        List<Long> refused = ids(0, 120, id -> id % 7 == 3);
        assertThat(loadedIds()).isEqualTo(ids(0, 120, id -> id % 7 != 3));
        // The refused rows among 50 to 59 came twice, and the second superseded the first.
        assertThat(receipt.deduplicated()).isEqualTo(10);
        assertThat(receipt.loaded()).isEqualTo(120 - refused.size());
        assertThat(rejects.all()).hasSize(refused.size());
        assertThat(rejects.all()).extracting(Reject::ordinal).containsExactlyInAnyOrderElementsOf(refused);
        assertThat(rejects.all())
                .allSatisfy(reject -> assertThat(reject.rawValue()).contains("\"id\": " + reject.ordinal()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomRefusalsNeverCostAGoodRow(long number) {
        long seed = Long.getLong("millrace.seed", 77L) + number;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        boolean upsert = random.nextBoolean();
        if (upsert) {
            target.upsert(List.of("id"));
        }
        target.execute(
                "CREATE TABLE parent (id bigint PRIMARY KEY)",
                "INSERT INTO parent SELECT generate_series(0, 9)",
                "CREATE TABLE target (id bigint PRIMARY KEY, ref bigint REFERENCES parent, text text, CHECK (text <> 'bad'))");
        List<Batch> batches = new ArrayList<>();
        List<Long> good = new ArrayList<>();
        long id = 0;
        int rareness = 1 + random.nextInt(60);
        for (int i = 0; i < 4; i++) {
            BatchBuilder builder = new BatchBuilder(SCHEMA);
            long first = id;
            for (int row = random.nextInt(200); row >= 0; row--, id++) {
                boolean orphan = random.nextInt(rareness) == 0;
                boolean unchecked = random.nextInt(rareness) == 0;
                Map<String, Object> record = new LinkedHashMap<>();
                record.put("id", id);
                record.put("ref", orphan ? 10L : (Long) (id % 10));
                record.put("text", unchecked ? "bad" : "good");
                builder.appendRecord(record);
                if (!orphan && !unchecked) {
                    good.add(id);
                }
            }
            batches.add(builder.build(Origin.of("split-0", first)));
        }
        Receipt receipt = load(batches.toArray(Batch[]::new));
        assertThat(loadedIds()).isEqualTo(good);
        assertThat(receipt).isEqualTo(new Receipt(good.size(), 0));
        assertThat(rejects.all()).hasSize((int) id - good.size());
    }
}
