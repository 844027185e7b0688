package io.millrace.core.transform.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.InvalidSetting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class RuleReaderTest {
    private static List<Rule> read(String yaml) {
        return CheckRules.fromYaml(new Load(LoadSettings.builder().build()).loadFromString(yaml))
                .rules();
    }

    @Test
    void rowRulesRejectAndRunRulesFailUnlessToldOtherwise() {
        assertThat(read("{a: [not_null, unique], b: {range: {max: 5}, nulls: {max: 0.1}}, rows: {min: 1}}"))
                .containsExactly(
                        new NotNull("a", Severity.REJECT),
                        new Unique(List.of("a"), Severity.REJECT),
                        new Range("b", Optional.empty(), Optional.of(5), Severity.REJECT),
                        new NullShare("b", 0.1, Severity.FAIL),
                        new RowCount(new Limits(Optional.of(1L), Optional.empty()), Severity.FAIL));
    }

    @Test
    void aSeverityIsForTheRulesOfItsMap() {
        assertThat(
                        read(
                                "{a: [{not_null: true, severity: fail}, {freshness: 24h, unique: {with: [b]}, severity: warn}]}"))
                .containsExactly(
                        new NotNull("a", Severity.FAIL),
                        new Freshness("a", Duration.ofDays(1), Severity.WARN),
                        new Unique(List.of("a", "b"), Severity.WARN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{a: notnull} | a | unknown rule 'notnull'; did you mean 'not_null'?",
                "{a: {rnge: {min: 1}}} | a.rnge | unknown rule; did you mean 'range'?",
                "{a: {range: {mn: 1}}} | a.range.mn | unknown key; did you mean 'min'?",
                "{a: {range: {}}} | a.range | needs min, max or both",
                "{a: {severity: warn}} | a | has no rule",
                "{a: []} | a | has no rule",
                "{a: {not_null: false}} | a.not_null | must be true, or be left out",
                "{a: {in: []}} | a.in | must be a list of values",
                "{a: {in: view}} | a.in | must be a list of values",
                "{a: {regex: '(?=x)'}} | a.regex | look-around and back references are not known",
                "{a: {regex: '['}} | a.regex | is not a regular expression",
                "{a: {nulls: {max: 5}}} | a.nulls | the greatest share of nulls",
                "{a: {freshness: 24}} | a.freshness | must be a duration",
                "{a: {freshness: 1d, severity: reject}} | a.freshness | cannot reject rows",
                "{a: {not_null: true, severity: warning}} | a.severity | must be one of reject, warn, fail",
                "{a: {unique: {with: [a]}}} | a.unique | names a column twice",
                "{rows: not_null} | rows | must be a map",
                "{rows: {min: -1}} | rows.min | must be a whole number, 0 or more",
                "{rows: {min: 5, max: 4}} | rows | min 5 is above max 4",
                "{rows: {minimum: 4}} | rows.minimum | unknown key",
                "{columns: {rows: {mxa: 1}}} | columns.rows.mxa | unknown rule (known: not_null",
                "{a: [not_null, {range: 5}]} | a.1.range | must be a map with the keys min, max"
            })
    void whatIsWrongIsToldAtItsKey(String yaml, String key, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining(message)
                .extracting(thrown -> ((InvalidSetting) thrown).key())
                .isEqualTo(key);
    }

    @Test
    void noRuleAtAllIsRefused() {
        assertThatThrownBy(() -> CheckRules.fromYaml(Map.of())).hasMessageContaining("{user_id: not_null");
        assertThatThrownBy(() -> CheckRules.fromYaml(new LinkedHashMap<>(Map.of("rows", "1"))))
                .hasMessageContaining("must be a map");
    }
}
