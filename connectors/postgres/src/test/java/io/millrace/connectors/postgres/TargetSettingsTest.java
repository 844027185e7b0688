package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.DirectLoader;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Loader;
import io.millrace.api.StagingLoader;
import io.millrace.api.WriteMode;
import io.millrace.sandbox.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TargetSettingsTest {
    private final TargetUnderTest target =
            new TargetUnderTest(new Database("db", "127.0.0.1", 1, "user", "secret-word"));

    private static void assertRefused(String key, String problem, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(InvalidSetting.class, invalid -> assertThat(invalid.key())
                        .isEqualTo(key))
                .hasMessageContaining(problem);
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertRefused("key", "is missing", () -> new Upsert(List.of(), List.of()));
        assertRefused("key", "twice", () -> new Upsert(List.of("a", "a"), List.of()));
        assertRefused("order_by", "twice", () -> new Upsert(List.of("a"), List.of("b", "b")));
        target.ledgerRetention = Duration.ofHours(1);
        assertRefused("ledger_retention", "at least 1d", target::settings);
        target.ledgerRetention = Duration.ofDays(1);
        target.table = "a.b.c";
        assertRefused("table", "is not a table's name", target::settings);
        target.table = "a";
        target.url = Optional.empty();
        assertRefused("host", "is missing", target::settings);
    }

    @Test
    void theModeDecidesHowRowsBecomeVisible() {
        Map<LoadMode, WriteMode> modes = Map.of(
                new Append(), WriteMode.APPEND,
                new Upsert(List.of("id"), List.of()), WriteMode.UPSERT,
                new Overwrite(), WriteMode.OVERWRITE,
                new ReplaceWindow("ts"), WriteMode.REPLACE_WINDOW);
        modes.forEach((mode, writeMode) -> {
            try (Loader loader = target.mode(mode).loader()) {
                assertThat(loader.mode()).isEqualTo(writeMode);
                boolean direct = writeMode == WriteMode.APPEND || writeMode == WriteMode.UPSERT;
                assertThat(loader).isInstanceOf(direct ? DirectLoader.class : StagingLoader.class);
                assertThat(loader.describe())
                        .isEqualTo("postgresql://127.0.0.1:1/db public.target")
                        .doesNotContain("secret-word");
            }
        });
    }

    @Test
    void javaProgramsNameTheTable() {
        assertThat(new PostgresTarget().settingsFor("shop.orders")).isEqualTo(Map.of("table", "shop.orders"));
        assertThat(new PostgresConnector().target()).isPresent();
        assertThat(new PostgresConnector().lookup()).isPresent();
    }
}
