package io.millrace.core.transform.check;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Suggestion;
import io.millrace.core.config.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads rules as they are written. One use. */
final class RuleReader {
    static final String ROWS = "rows";
    static final String COLUMNS = "columns";
    static final String SEVERITY = "severity";
    static final String NOT_NULL = "not_null";
    static final String UNIQUE = "unique";
    static final String RANGE = "range";
    static final String REGEX = "regex";
    static final String IN = "in";
    static final String EXISTS_IN = "exists_in";
    static final String NULLS = "nulls";
    static final String DISTINCT = "distinct";
    static final String FRESHNESS = "freshness";
    private static final List<String> WORDS = List.of(NOT_NULL, UNIQUE);
    private static final List<String> KINDS =
            List.of(NOT_NULL, UNIQUE, RANGE, REGEX, IN, EXISTS_IN, NULLS, DISTINCT, FRESHNESS, SEVERITY);

    private final List<Rule> rules = new ArrayList<>();

    List<Rule> read(Map<?, ?> written) {
        written.forEach((key, value) -> {
            String name = (String) key;
            if (name.equals(ROWS)) {
                forms(new Written(ROWS, value)).forEach(this::rowCount);
            } else if (name.equals(COLUMNS)) {
                Written columns = new Written(COLUMNS, value);
                columns.map("rules by column, for columns named rows or columns")
                        .forEach((column, rule) -> column((String) column, columns.at((String) column)));
            } else {
                column(name, new Written(name, value));
            }
        });
        return rules;
    }

    private void column(String name, Written value) {
        forms(value).forEach(form -> {
            if (form.value() instanceof String word) {
                if (!WORDS.contains(word)) {
                    throw form.refused("unknown rule '" + word + "'" + Suggestion.didYouMean(word, KINDS)
                            + "; a rule without settings is not_null or unique, others are written {range: {min: 0}}");
                }
                rules.add(rule(name, word, new Written(form.path(), true), Optional.empty()));
                return;
            }
            Map<?, ?> map = form.map("a rule (not_null, unique), a map of rules or a list of those");
            Optional<Severity> severity = severity(form);
            if (map.size() == (severity.isPresent() ? 1 : 0)) {
                throw form.refused(
                        "has no rule; the rules are " + String.join(", ", KINDS.subList(0, KINDS.size() - 1)));
            }
            for (Object kind : map.keySet()) {
                if (!kind.equals(SEVERITY)) {
                    rules.add(rule(name, (String) kind, form.at((String) kind), severity));
                }
            }
        });
    }

    private static Rule rule(String column, String kind, Written value, Optional<Severity> severity) {
        Severity forRows = severity.orElse(Severity.REJECT);
        return switch (kind) {
            case NOT_NULL -> {
                value.yes();
                yield new NotNull(column, forRows);
            }
            case UNIQUE -> new Unique(key(column, value), forRows);
            case RANGE -> range(column, value, forRows);
            case REGEX -> new Regex(column, pattern(value), forRows);
            case IN -> new OneOfValues(column, value.values(), forRows);
            case EXISTS_IN -> existsIn(column, value, forRows);
            case NULLS -> new NullShare(column, share(value), forRun(severity, value));
            case DISTINCT -> new Distinct(column, limits(value), forRun(severity, value));
            case FRESHNESS -> new Freshness(column, duration(value), forRun(severity, value));
            default -> throw value.refused(
                    "unknown rule" + Suggestion.didYouMean(kind, KINDS) + " (known: " + String.join(", ", KINDS) + ")");
        };
    }

    private static ExistsIn existsIn(String column, Written value, Severity severity) {
        if (!(value.value() instanceof ExistsInSettings settings)) {
            throw value.refused(
                    "must say in which table, {from: {files: {path: items.parquet, format: parquet}}, on: id}");
        }
        if (settings.with().containsKey(column)) {
            throw new Written(value.path() + ".with", settings).refused("names a column twice");
        }
        if (settings.with().containsValue(column) && settings.on().isEmpty()) {
            throw new Written(value.path() + ".with", settings).refused("names their column '" + column + "' twice");
        }
        return new ExistsIn(column, settings, severity);
    }

    private void rowCount(Written form) {
        form.onlyKeys("min", "max", SEVERITY);
        rules.add(new RowCount(limits(form), forRun(severity(form), form)));
    }

    private static List<Written> forms(Written value) {
        if (!(value.value() instanceof List<?> list)) {
            return List.of(value);
        }
        if (list.isEmpty()) {
            throw value.refused("has no rule");
        }
        List<Written> forms = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            forms.add(value.at(i, list.get(i)));
        }
        return forms;
    }

    private static Optional<Severity> severity(Written form) {
        if (!form.map("a map").containsKey(SEVERITY)) {
            return Optional.empty();
        }
        Written word = form.at(SEVERITY);
        for (Severity severity : Severity.values()) {
            if (severity.toString().equals(word.value())) {
                return Optional.of(severity);
            }
        }
        throw word.refused("must be one of reject, warn, fail");
    }

    private static Severity forRun(Optional<Severity> severity, Written value) {
        if (severity.equals(Optional.of(Severity.REJECT))) {
            throw value.refused(
                    "is a rule about the whole run, which cannot reject rows; its severity is warn or fail");
        }
        return severity.orElse(Severity.FAIL);
    }

    private static Range range(String column, Written value, Severity severity) {
        value.onlyKeys("min", "max");
        if (value.map("a map").isEmpty()) {
            throw value.refused("needs min, max or both");
        }
        return new Range(column, value.scalar("min"), value.scalar("max"), severity);
    }

    private static Limits limits(Written value) {
        Map<?, ?> map = value.map("{min: …, max: …}");
        if (!map.containsKey("min") && !map.containsKey("max")) {
            throw value.refused("needs min, max or both");
        }
        if (!map.containsKey(SEVERITY)) {
            value.onlyKeys("min", "max");
        }
        Limits limits = new Limits(value.count("min"), value.count("max"));
        if (limits.min().isPresent()
                && limits.max().isPresent()
                && limits.min().get() > limits.max().get()) {
            throw value.refused("min " + limits.min().get() + " is above max "
                    + limits.max().get());
        }
        return limits;
    }

    private static List<String> key(String column, Written value) {
        List<String> key = new ArrayList<>(List.of(column));
        if (value.value() instanceof Map) {
            value.onlyKeys("with");
            value.at("with").values().forEach(other -> key.add(String.valueOf(other)));
            if (new HashSet<>(key).size() < key.size()) {
                throw value.refused("names a column twice");
            }
        } else {
            value.yes();
        }
        return key;
    }

    private static Pattern pattern(Written value) {
        if (!(value.value() instanceof String text)) {
            throw value.refused("must be a regular expression in quotes");
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException wrong) {
            throw value.refused("is not a regular expression (RE2): " + wrong.getDescription() + " '"
                    + wrong.getPattern() + "'; look-around and back references are not known");
        }
    }

    private static double share(Written value) {
        value.onlyKeys("max");
        Optional<Object> max = value.scalar("max");
        if (max.isPresent() && max.get() instanceof Number number) {
            double share = number.doubleValue();
            if (share >= 0 && share <= 1) {
                return share;
            }
        }
        throw value.refused("must be the greatest share of nulls, {max: 0.05} for 5 %");
    }

    private static Duration duration(Written value) {
        try {
            return DurationText.parse(String.valueOf(value.value()));
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            throw value.refused("must be a duration such as 24h or 7d");
        }
    }

    /** A value and the keys that lead to it. */
    private record Written(String path, Object value) {
        InvalidSetting refused(String message) {
            return new InvalidSetting(path, message);
        }

        Map<?, ?> map(String expected) {
            if (!(value instanceof Map<?, ?> map)) {
                throw refused("must be " + expected);
            }
            return map;
        }

        Written at(String key) {
            Map<?, ?> map = map("a map");
            if (!map.containsKey(key)) {
                throw refused("the key '" + key + "' is missing");
            }
            return new Written(path + "." + key, map.get(key));
        }

        Written at(int index, Object item) {
            return new Written(path + "." + index, item);
        }

        void onlyKeys(String... known) {
            for (Object key :
                    map("a map with the keys " + String.join(", ", known)).keySet()) {
                if (!List.of(known).contains(key)) {
                    throw at((String) key)
                            .refused("unknown key" + Suggestion.didYouMean((String) key, List.of(known)) + " (known: "
                                    + String.join(", ", known) + ")");
                }
            }
        }

        Optional<Object> scalar(String key) {
            Optional<Object> found = Optional.ofNullable(map("a map").get(key));
            if (found.isPresent() && (found.get() instanceof Map || found.get() instanceof List)) {
                throw at(key).refused("must be a single value");
            }
            return found;
        }

        Optional<Long> count(String key) {
            return scalar(key).map(found -> {
                boolean whole = found instanceof Integer || found instanceof Long;
                if (!whole || ((Number) found).longValue() < 0) {
                    throw at(key).refused("must be a whole number, 0 or more");
                }
                return ((Number) found).longValue();
            });
        }

        List<Object> values() {
            if (!(value instanceof List<?> list) || list.isEmpty()) {
                throw refused("must be a list of values");
            }
            for (Object item : list) {
                if (item instanceof Map || item instanceof List) {
                    throw refused("must be a list of single values");
                }
            }
            return List.copyOf(list);
        }

        void yes() {
            if (!Boolean.TRUE.equals(value)) {
                throw refused("must be true, or be left out");
            }
        }
    }
}
