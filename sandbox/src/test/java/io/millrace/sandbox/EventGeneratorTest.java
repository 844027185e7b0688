package io.millrace.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventGeneratorTest {
    private static final List<EventColumn> ALL = List.of(EventColumn.values());

    private static byte[] bytes(long rows, long seed, Dirt dirt) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EventGenerator.of(rows, seed, dirt).writeCopyText(out);
        return out.toByteArray();
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static long count(Connection connection, String query) throws SQLException {
        return Long.parseLong(one(connection, "SELECT count(*) FROM " + query));
    }

    @Test
    void givesTheSameBytesForTheSameSeedAndFewerRowsAsAPrefix() throws Exception {
        byte[] all = bytes(20_000, 7, Dirt.heavy());
        assertThat(bytes(20_000, 7, Dirt.heavy())).isEqualTo(all);
        assertThat(bytes(20_000, 8, Dirt.heavy())).isNotEqualTo(all);
        assertThat(new String(all, StandardCharsets.ISO_8859_1))
                .startsWith(new String(bytes(5_000, 7, Dirt.heavy()), StandardCharsets.ISO_8859_1));
    }

    /** If these change, every recorded figure on generated data is about other data: change them knowingly. */
    @Test
    void givesTheSameContentAndBytesOnEveryMachine() throws Exception {
        assertThat(ContentHash.hexadecimal(EventGenerator.of(10_000, 42).contentHash()))
                .isEqualTo("13c37ea8143e8ba6");
        byte[] digest = MessageDigest.getInstance("MD5").digest(bytes(10_000, 42, Dirt.heavy()));
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo("94a0c3baf451c416f4a3b4236fadab2e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "defaults", "heavy"})
    void foretellsWhatAnIndependentJudgeFinds(String kind) throws Exception {
        Dirt dirt =
                switch (kind) {
                    case "none" -> Dirt.none();
                    case "defaults" -> Dirt.defaults();
                    default -> Dirt.heavy();
                };
        long seed = System.nanoTime();
        System.out.println("foretellsWhatAnIndependentJudgeFinds(" + kind + "): seed " + seed);
        EventGenerator generator = EventGenerator.of(30_000, seed, dirt);
        Expected expected = generator.expected();
        try (Connection connection = EmbeddedPostgres.shared().createDatabase().connect();
                Statement statement = connection.createStatement()) {
            generator.loadEvents(connection, EventGenerator.EVENTS_TABLE);
            statement.execute(SqlOracle.judge(EventGenerator.EVENTS_TABLE));
            statement.execute(SqlOracle.accept());

            assertThat(count(connection, "user_behaviors")).isEqualTo(expected.extracted());
            assertThat(count(connection, "accepted")).isEqualTo(expected.loaded());
            assertThat(count(connection, "judged WHERE reason IS NOT NULL")).isEqualTo(expected.rejected());
            for (RejectReason reason : RejectReason.values()) {
                assertThat(count(connection, "judged WHERE reason = '" + reason + "'"))
                        .as("%s", reason)
                        .isEqualTo(expected.rejectedByFirst().get(reason));
            }
            assertThat(count(connection, "judged WHERE user_id IS NULL"))
                    .isEqualTo(expected.rowsWithFault().get(RejectReason.NULL_USER));
            assertThat(count(connection, "judged WHERE rating NOT BETWEEN 0 AND 5"))
                    .isEqualTo(expected.rowsWithFault().get(RejectReason.RATING_OUT_OF_RANGE));
            assertThat(one(connection, ContentHash.postgresQuery("accepted", ALL)))
                    .isEqualTo(ContentHash.hexadecimal(generator.contentHash()));
            List<EventColumn> some = List.of(EventColumn.TS, EventColumn.EVENT_ID, EventColumn.CATEGORY);
            assertThat(one(connection, ContentHash.postgresQuery("accepted", some)))
                    .isEqualTo(ContentHash.hexadecimal(generator.contentHash(some.toArray(EventColumn[]::new))));
            assertThat(count(connection, "(SELECT DISTINCT * FROM user_behaviors) AS d"))
                    .as("copies are exact")
                    .isEqualTo(count(connection, "(SELECT DISTINCT event_id FROM user_behaviors) AS d"));
        }
        assertThat(expected.loaded() + expected.deduplicated() + expected.rejected())
                .isEqualTo(expected.extracted());
        assertThat(expected.rejectedByFirst().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(expected.rejected());
    }

    @Test
    void keepsToTheDeclaredShares() throws Exception {
        Dirt dirt =
                new Dirt(0.2, 0.1, 0.05, Map.of("user_id", 0.03, "device", 0.07, "created_at", 0.02), 0.04, 0.06, 0.05);
        EventGenerator generator = EventGenerator.of(50_000, 3, dirt);
        double rows = generator.rows();
        try (Connection connection = EmbeddedPostgres.shared().createDatabase().connect()) {
            generator.loadEvents(connection, "events");
            assertThat(count(connection, "events WHERE user_id IS NULL") / rows).isCloseTo(0.03, within(0.005));
            assertThat(count(connection, "events WHERE device IS NULL") / rows).isCloseTo(0.07, within(0.006));
            assertThat(count(connection, "events WHERE created_at IS NULL") / rows)
                    .isCloseTo(0.02, within(0.005));
            assertThat(count(connection, "events WHERE rating NOT BETWEEN 0 AND 5") / rows)
                    .isCloseTo(0.06, within(0.006));
            assertThat(1 - count(connection, "(SELECT DISTINCT event_id FROM events) AS d") / rows)
                    .isCloseTo(0.04, within(0.005));
            assertThat(count(connection, "events WHERE session_id !~ '^sess_[0-9a-f]{16}$'") / rows)
                    .as("white space or control characters")
                    .isCloseTo(1 - 0.8 * 0.9, within(0.012));
            assertThat(count(connection, "events WHERE device ~ '^\\s*$'") / rows)
                    .isGreaterThan(0.03);
        }
        assertThat(generator.expected().rowsWithFault().get(RejectReason.MALFORMED_DATE) / rows)
                .isCloseTo(0.05, within(0.005));
    }

    @Test
    void looksLikeBehaviour() throws Exception {
        try (Connection connection = EmbeddedPostgres.shared().createDatabase().connect()) {
            EventGenerator generator = EventGenerator.of(100_000, 11);
            generator.load(connection);
            double width = Double.parseDouble(one(
                    connection,
                    "SELECT avg(2 + 44 + 40 - CASE WHEN rating IS NULL THEN 8 ELSE 0 END + octet_length(event_type)"
                            + " + octet_length(coalesce(category, '')) + octet_length(session_id) + octet_length(page)"
                            + " + octet_length(coalesce(device, '')) + octet_length(coalesce(ts, '')))"
                            + " FROM user_behaviors"));
            assertThat(width).isCloseTo(167, within(3.0));
            assertThat(
                            count(
                                    connection,
                                    "(SELECT FROM user_behaviors GROUP BY created_at::timestamptz(0) HAVING count(*) > 1) AS t"))
                    .as("ties in time")
                    .isGreaterThan(5_000);
            long top = Long.parseLong(one(
                    connection,
                    "SELECT sum(c) FROM (SELECT count(*) AS c FROM user_behaviors WHERE item_id IS NOT NULL"
                            + " GROUP BY item_id ORDER BY 1 DESC LIMIT 100) AS t"));
            assertThat(top).as("events of the 100 best items").isBetween(40_000L, 70_000L);
            assertThat(count(
                            connection,
                            "user_behaviors e LEFT JOIN users u ON u.id = e.user_id"
                                    + " LEFT JOIN items i ON i.id = e.item_id WHERE (e.user_id IS NOT NULL AND u.id IS NULL)"
                                    + " OR (e.item_id IS NOT NULL AND i.id IS NULL)"))
                    .as("events of unknown users or items")
                    .isZero();
            long views = count(connection, "user_behaviors WHERE event_type = 'view'");
            long clicks = count(connection, "user_behaviors WHERE event_type = 'click'");
            long purchases = count(connection, "user_behaviors WHERE event_type = 'purchase'");
            assertThat(views).isGreaterThan(clicks);
            assertThat(clicks).isGreaterThan(purchases);
            assertThat(purchases).isGreaterThan(1_000);
            System.out.println("width " + width + ", top " + top + ", views " + views + ", clicks " + clicks
                    + ", purchases " + purchases + ", sessions "
                    + count(connection, "(SELECT DISTINCT session_id FROM user_behaviors) AS s") + ", "
                    + generator.expected());
        }
    }

    @Test
    void listsEachEventOnceInOrder() {
        EventGenerator generator = EventGenerator.of(5_000, 5, Dirt.heavy());
        Set<Long> seen = new HashSet<>();
        generator.forEachClean(event -> assertThat(seen.add(event.eventId())).isTrue());
        assertThat(seen).hasSize(Math.toIntExact(generator.expected().loaded()));
    }

    @Test
    void refusesSharesAndColumnsThatCannotBe() {
        assertThatThrownBy(() -> new Dirt(1.5, 0, 0, Map.of(), 0, 0, 0)).hasMessageContaining("whiteSpace");
        assertThatThrownBy(() -> new Dirt(0, 0, 0, Map.of("colour", 0.1), 0, 0, 0))
                .hasMessageContaining("colour");
        assertThatThrownBy(() -> new Dirt(0, 0, 0, Map.of("event_id", 0.1), 0, 0, 0))
                .hasMessageContaining("event_id");
        assertThatThrownBy(() -> EventGenerator.of(-1, 0)).hasMessageContaining("-1");
    }

    @Test
    void copesWithNoRows() throws Exception {
        assertThat(bytes(0, 1, Dirt.heavy())).isEmpty();
        assertThat(EventGenerator.of(0, 1).expected().extracted()).isZero();
        assertThat(EventGenerator.of(0, 1).contentHash()).isZero();
    }
}
