package io.millrace.connectors.http;

import io.millrace.api.ByteSize;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.formats.json.JsonLimits;
import java.time.Duration;

/** How much an API may answer with before it counts as broken. */
record HttpLimits(
        @Setting(value = "Pages of a run, or of one slice.", defaultValue = "100000") int pages,
        @Setting(value = "One answer, unpacked.", defaultValue = "64MB") ByteSize response,
        @Setting(value = "All answers of a run, or of one slice, unpacked.", defaultValue = "1TB") ByteSize total,
        @Setting(value = "The time that reading takes, waits included.", defaultValue = "1h") Duration time,
        @Setting(value = "Objects and lists within each other in an answer.", defaultValue = "200") int depth) {
    private static final long MAX_RESPONSE = 1L << 30;

    HttpLimits {
        if (pages < 1) {
            throw new InvalidSetting("pages", "must be at least 1");
        }
        if (response.bytes() < 1 || response.bytes() > MAX_RESPONSE) {
            throw new InvalidSetting("response", "must be 1 byte to 1GB");
        }
        if (total.bytes() < 1) {
            throw new InvalidSetting("total", "must be more than zero");
        }
        if (time.isNegative() || time.isZero()) {
            throw new InvalidSetting("time", "must be more than zero");
        }
        if (depth < 1 || depth > 1_000) {
            throw new InvalidSetting("depth", "must be 1 to 1000");
        }
    }

    JsonLimits json() {
        return new JsonLimits(Math.toIntExact(response.bytes()), depth);
    }
}
