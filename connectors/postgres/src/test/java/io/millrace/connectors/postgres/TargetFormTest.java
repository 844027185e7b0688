package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import io.millrace.api.Secret;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.testkit.loader.DirectRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** Tables that are created, evolved, or refused. */
class TargetFormTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("id", DataType.INT64, false),
            Field.of("Title", DataType.STRING),
            Field.of("price", DataType.decimal(10, 2)));

    private final TargetUnderTest target = TargetUnderTest.fresh();

    private List<String> form() {
        return target.column("SELECT attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN"
                + " ' not null' ELSE '' END FROM pg_attribute WHERE attrelid = 'target'::regclass AND attnum > 0 ORDER BY"
                + " attnum");
    }

    private AbstractThrowableAssert<?, ?> assertRefused(Schema schema) {
        return assertThatThrownBy(() -> target.loader().validate(schema))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ErrorKind.USER));
    }

    private void prepare(Schema schema) {
        target.run(schema).close();
    }

    @Test
    void aMissingTableIsCreatedWithAllTypes() {
        prepare(Schema.of(
                new Field("a", DataType.BOOLEAN, false),
                Field.of("b", DataType.INT32),
                Field.of("c", DataType.INT64),
                Field.of("d", DataType.FLOAT64),
                Field.of("e", DataType.decimal(12, 3)),
                Field.of("f", DataType.STRING),
                Field.of("g", DataType.BINARY),
                Field.of("h", DataType.DATE),
                Field.of("i", DataType.TIMESTAMP),
                Field.of("j", DataType.JSON),
                Field.of("k", DataType.list(DataType.decimal(4, 1))),
                Field.of("quoted \"name\"", DataType.INT32)));
        assertThat(form())
                .containsExactly(
                        "a boolean not null",
                        "b integer",
                        "c bigint",
                        "d double precision",
                        "e numeric(12,3)",
                        "f text",
                        "g bytea",
                        "h date",
                        "i timestamp with time zone",
                        "j jsonb",
                        "k numeric(4,1)[]",
                        "quoted \"name\" integer");
    }

    @Test
    void upsertCreatesThePrimaryKey() {
        target.upsert(List.of("Title", "id"));
        prepare(SCHEMA);
        assertThat(form()).containsExactly("id bigint not null", "Title text not null", "price numeric(10,2)");
        assertThat(target.column(
                        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'p' AND conrelid ="
                                + " 'target'::regclass"))
                .containsExactly("PRIMARY KEY (\"Title\", id)");
    }

    @Test
    void missingColumnsAreAddedAndNarrowOnesWidened() {
        target.execute(
                "CREATE TABLE target (id int PRIMARY KEY, price numeric(4,3), score real, extra text DEFAULT 'x')",
                "INSERT INTO target VALUES (1, 1.234, 0.5)");
        Schema schema = Schema.of(
                new Field("id", DataType.INT64, false),
                new Field("Title", DataType.STRING, false),
                Field.of("price", DataType.decimal(10, 2)),
                Field.of("score", DataType.FLOAT64));
        prepare(schema);
        assertThat(form())
                .containsExactly(
                        "id bigint not null",
                        "price numeric(11,3)",
                        "score double precision",
                        "extra text",
                        "Title text");
        assertThat(target.column("SELECT price FROM target")).containsExactly("1.234");
        prepare(schema);
    }

    @Test
    void validateChangesNothing() {
        target.execute("CREATE TABLE target (id int)");
        target.loader().validate(SCHEMA);
        assertThat(form()).containsExactly("id integer");
        assertThat(target.tables()).containsExactly("public.target");
    }

    @Test
    void freezeNamesAllThatIsMissingWithTheStatements() {
        target.schema = SchemaPolicy.FREEZE;
        assertRefused(SCHEMA)
                .hasMessageContaining("there is no such table, and schema is freeze")
                .hasMessageContaining("CREATE TABLE \"public\".\"target\" (\"id\" bigint NOT NULL, \"Title\" text,");
        target.execute("CREATE TABLE target (id int)");
        assertRefused(SCHEMA)
                .hasMessageContaining("no column 'Title'")
                .hasMessageContaining("ALTER TABLE \"public\".\"target\" ADD COLUMN \"Title\" text")
                .hasMessageContaining("no column 'price'");
        target.execute("ALTER TABLE target ADD COLUMN \"Title\" text, ADD COLUMN price numeric");
        target.loader().validate(SCHEMA);
    }

    @Test
    void aColumnOfAnotherKindIsRefusedWithTheWayOut() {
        target.execute("CREATE TABLE target (id text, \"Title\" inet, price boolean)");
        assertRefused(SCHEMA)
                .hasMessageContaining("'Title' is inet, which cannot take string")
                .hasMessageContaining("'price' is boolean, which cannot take decimal(10,2)")
                .hasMessageContaining("or the column to numeric(10,2)")
                .hasMessageNotContaining("'id'");
    }

    @Test
    void columnsThatTheRowsMustNotOrMustHaveAreNamed() {
        target.execute(
                "CREATE TABLE target (id bigint GENERATED ALWAYS AS IDENTITY, \"Title\" text, price numeric, prise"
                        + " numeric NOT NULL, twice numeric GENERATED ALWAYS AS (price * 2) STORED, other int NOT NULL DEFAULT 1)");
        assertRefused(SCHEMA)
                .hasMessageContaining("'id' is filled by the server alone")
                .hasMessageContaining("'prise' is NOT NULL without a default")
                .hasMessageContaining("did you mean 'price'")
                .hasMessageNotContaining("twice")
                .hasMessageNotContaining("other");
    }

    @Test
    void upsertNeedsAUniqueIndexAndColumnsThatExist() {
        target.execute("CREATE TABLE target (id bigint, \"Title\" text, price numeric)");
        target.upsert(List.of("id"));
        assertRefused(SCHEMA).hasMessageContaining("CREATE UNIQUE INDEX ON \"public\".\"target\" (\"id\")");
        target.execute("CREATE UNIQUE INDEX ON target (id) WHERE price > 0");
        assertRefused(SCHEMA).hasMessageContaining("no unique index on exactly (id)");
        target.execute("CREATE UNIQUE INDEX ON target (id) INCLUDE (price)");
        target.loader().validate(SCHEMA);
        target.upsert(List.of("idd"), "titel");
        assertRefused(SCHEMA)
                .hasMessageContaining("upsert.key names 'idd'")
                .hasMessageContaining("did you mean 'id'")
                .hasMessageContaining("upsert.order_by names 'titel'");
    }

    @Test
    void viewsAndColumnsWithoutAPlaceAreRefused() {
        target.execute("CREATE VIEW target AS SELECT 1::bigint AS id");
        assertRefused(SCHEMA).hasMessageContaining("view or a foreign table");
        target.table = "other";
        assertRefused(Schema.of()).hasMessageContaining("no column to write");
        assertRefused(Schema.of(Field.of("x".repeat(64), DataType.INT32))).hasMessageContaining("63 bytes");
    }

    @Test
    void replacingRowsThatOthersDependOnIsRefused() {
        target.execute(
                "CREATE TABLE target (id bigint PRIMARY KEY, \"Title\" text, price numeric)",
                "CREATE TABLE child (target_id bigint REFERENCES target ON DELETE CASCADE)");
        target.mode(new Overwrite());
        assertRefused(SCHEMA).hasMessageContaining("child_target_id_fkey of child");
    }

    @Test
    void missingRightsAreNamedWithTheGrant() {
        String role = "loader_" + target.database().name();
        target.execute(
                "CREATE TABLE target (id bigint PRIMARY KEY, \"Title\" text, price numeric)",
                "CREATE ROLE " + role + " LOGIN PASSWORD 'word'",
                "GRANT SELECT, INSERT ON target TO " + role);
        target.user = role;
        target.password = Optional.of(Secret.of("word"));
        target.loader().validate(SCHEMA);
        assertDenied(() -> prepare(SCHEMA)).hasMessageContaining("CREATE SCHEMA millrace AUTHORIZATION");
        target.execute("CREATE SCHEMA millrace AUTHORIZATION " + role);
        prepare(SCHEMA);
        target.upsert(List.of("id"));
        assertDenied(() -> target.loader().validate(SCHEMA))
                .hasMessageContaining("GRANT UPDATE ON \"public\".\"target\"");
    }

    private static AbstractThrowableAssert<?, ?> assertDenied(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ErrorKind.DENIED));
    }

    @Test
    void partitionedTablesAreLoaded() {
        target.execute(
                "CREATE TABLE target (id bigint, \"Title\" text, price numeric) PARTITION BY RANGE (id)",
                "CREATE TABLE low PARTITION OF target FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE high PARTITION OF target FOR VALUES FROM (10) TO (20)");
        try (DirectRun run = target.run(SCHEMA)) {
            run.load(
                    "split-0.0",
                    "note",
                    Batch.ofRecords(SCHEMA, List.of(Map.of("id", 1L), Map.of("id", 11L), Map.of("id", 12L))));
        }
        assertThat(target.column("SELECT count(*) FROM high")).containsExactly("2");
    }

    @Test
    void oldRecordsOfOtherRunsAreForgotten() {
        try (DirectRun run = target.run(SCHEMA)) {
            run.load("split-0.0", "old", Batch.ofRecords(SCHEMA, List.of()));
        }
        try (DirectRun run = new DirectRun(target.direct(), SCHEMA, new Lineage("tests", "t-2"), "run-2")) {
            run.load("split-0.0", "young", Batch.ofRecords(SCHEMA, List.of()));
        }
        target.execute(
                "CREATE TABLE millrace.stage_left (id int)",
                "UPDATE millrace.fence SET taken_at = now() - interval '3 days', stage = 'stage_left' WHERE lineage ="
                        + " 'tests/t-1'",
                "UPDATE millrace.ledger SET committed_at = now() - interval '3 days' WHERE lineage = 'tests/t-1'");
        target.ledgerRetention = Duration.ofDays(2);
        new DirectRun(target.direct(), SCHEMA, new Lineage("tests", "t-3"), "run-3").close();
        assertThat(target.column("SELECT note FROM millrace.ledger")).containsExactly("young");
        assertThat(target.column("SELECT lineage FROM millrace.fence ORDER BY 1"))
                .containsExactly("tests/t-2", "tests/t-3");
        assertThat(target.tables()).doesNotContain("millrace.stage_left");
    }
}
