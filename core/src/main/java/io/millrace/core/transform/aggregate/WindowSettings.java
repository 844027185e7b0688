package io.millrace.core.transform.aggregate;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.core.window.WindowLength;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

/** Windows in event time: exactly one of the three kinds. */
public record WindowSettings(
        @Setting(value = "Windows of this length next to each other.", example = "1h") Optional<WindowLength> tumbling,
        @Setting(value = "Windows that overlap.", example = "{size: 1h, every: 10m}") Optional<Sliding> sliding,
        @Setting(value = "Windows that end where a key's events pause.", example = "{gap: 30m, max: 12h}")
                Optional<Session> session,
        @Setting(value = "The column of the event time, a timestamp; without, the step's time.", example = "ts")
                Optional<String> time,
        @Setting(value = "The zone whose calendar lengths in days go by; without, UTC.", example = "Asia/Shanghai")
                Optional<ZoneId> zone) {

    public WindowSettings {
        long kinds = Stream.of(tumbling, sliding, session)
                .filter(Optional::isPresent)
                .count();
        if (kinds != 1) {
            throw new IllegalArgumentException("must have exactly one of the keys tumbling, sliding and session");
        }
        boolean calendar = tumbling.filter(WindowLength::calendar).isPresent()
                || sliding.filter(overlapping -> overlapping.size().calendar()).isPresent();
        if (zone.isPresent() && !calendar) {
            throw new InvalidSetting(
                    "zone", "is only for lengths in days, which go by a calendar; remove it, or write 1d for 24h");
        }
    }

    ZoneId calendarZone() {
        return zone.orElse(ZoneId.of("UTC"));
    }
}
