package io.millrace.core.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows by the clock and by the calendar. */
class SlidingWindowsTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    @Test
    void durationsCountFromTheEpochWhateverTheZone() {
        assertThat(windows(
                        SlidingWindows.tumbling(WindowLength.of(Duration.ofMinutes(90)), ZoneId.of("Asia/Kolkata")),
                        "1969-12-31T23:59:59Z"))
                .containsExactly("1969-12-31T22:30:00Z/1970-01-01T00:00:00Z");
    }

    @Test
    void daysGoByTheCalendarOfTheZone() {
        assertThat(windows(
                        SlidingWindows.tumbling(WindowLength.ofDays(1), ZoneId.of("Asia/Shanghai")),
                        "2026-03-01T16:00:00Z"))
                .containsExactly("2026-03-01T16:00:00Z/2026-03-02T16:00:00Z");
    }

    @Test
    void aDayBeginsAtOneWhereTheClocksSkipMidnight() {
        assertThat(windows(
                        SlidingWindows.tumbling(WindowLength.ofDays(1), ZoneId.of("America/Asuncion")),
                        "2023-10-01T12:00:00Z"))
                .containsExactly("2023-10-01T04:00:00Z/2023-10-02T03:00:00Z");
    }

    @Test
    void aTimeLiesInEveryWindowThatHoldsIt() {
        SlidingWindows windows = SlidingWindows.sliding(
                WindowLength.of(Duration.ofMinutes(25)), WindowLength.of(Duration.ofMinutes(10)), UTC);
        assertThat(windows(windows, "2026-03-01T10:02:00Z"))
                .containsExactly(
                        "2026-03-01T10:00:00Z/2026-03-01T10:25:00Z",
                        "2026-03-01T09:50:00Z/2026-03-01T10:15:00Z",
                        "2026-03-01T09:40:00Z/2026-03-01T10:05:00Z");
        assertThat(windows(windows, "2026-03-01T10:07:00Z"))
                .containsExactly(
                        "2026-03-01T10:00:00Z/2026-03-01T10:25:00Z", "2026-03-01T09:50:00Z/2026-03-01T10:15:00Z");
        assertThat(windows.tumbling()).isFalse();
    }

    @Test
    void sevenDaysEveryDay() {
        SlidingWindows windows =
                SlidingWindows.sliding(WindowLength.ofDays(7), WindowLength.ofDays(1), ZoneId.of("Europe/Berlin"));
        assertThat(windows(windows, "2026-03-29T12:00:00Z"))
                .hasSize(7)
                .startsWith("2026-03-28T23:00:00Z/2026-04-04T22:00:00Z")
                .endsWith("2026-03-22T23:00:00Z/2026-03-29T22:00:00Z");
    }

    @Test
    void lengthsAreReadAsWritten() {
        assertThat(WindowLength.fromYaml("7d")).isEqualTo(WindowLength.ofDays(7));
        assertThat(WindowLength.fromYaml("168h")).isEqualTo(WindowLength.of(Duration.ofDays(7)));
        for (String wrong : List.of("0d", "0h", "7", "1w", "-1h", "999999d", "1.5h")) {
            assertThatThrownBy(() -> WindowLength.fromYaml(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<String> windows(SlidingWindows windows, String time) {
        long tile = windows.tile(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time)));
        List<String> found = new ArrayList<>();
        for (int n = 0; n < windows.windowsPerTile(); n++) {
            long window = windows.window(tile, n);
            if (windows.holds(window, tile)) {
                found.add(instant(windows.start(window)) + "/" + instant(windows.end(window)));
            }
        }
        return found;
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
