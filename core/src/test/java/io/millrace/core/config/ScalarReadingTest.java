package io.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarReadingTest {
    @Test
    void readsNumbersWithoutLosingDigits() {
        assertThat(ScalarReading.value("12")).isEqualTo(12L);
        assertThat(ScalarReading.value("-0")).isEqualTo(0L);
        assertThat(ScalarReading.value("9223372036854775808")).isEqualTo(new BigInteger("9223372036854775808"));
        assertThat(ScalarReading.value("0.1")).isEqualTo(0.1);
        assertThat(ScalarReading.value("1e3")).isEqualTo(1000.0);
        assertThat(ScalarReading.value("0.12345678901234567890")).isEqualTo(new BigDecimal("0.12345678901234567890"));
        assertThat(ScalarReading.value("-.inf")).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void readsBooleansAndNullsOfYaml12Only() {
        assertThat(ScalarReading.value("true")).isEqualTo(true);
        assertThat(ScalarReading.value("False")).isEqualTo(false);
        assertThat(ScalarReading.value("~")).isNull();
        assertThat(ScalarReading.value("tRue")).isEqualTo("tRue");
        assertThat(ScalarReading.value("y")).isEqualTo("y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "No", "ON", "off", "012", "-007", "00", "0o7", "0x1F", "0b11", "1_000", "1_0.5"})
    void isSurprisedByWhatOlderYamlReadsDifferently(String text) {
        assertThat(ScalarReading.surprise(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "0.5", "1e9", "nope", "2024-01-01", "12:30", "x_1", "1.2.3", "", "true", "0-1"})
    void isNotSurprisedByWhatEverybodyReadsAlike(String text) {
        assertThat(ScalarReading.surprise(text)).isEmpty();
    }
}
