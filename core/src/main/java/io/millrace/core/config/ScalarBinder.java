package io.millrace.core.config;

import io.millrace.api.Secret;
import io.millrace.api.Suggestion;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Binds single values. */
final class ScalarBinder {
    private static final Pattern LITERAL_DEFAULT = Pattern.compile("\\$\\{env:[^}]*:-[^}]+\\}");

    private final Problems problems;

    ScalarBinder(Problems problems) {
        this.problems = problems;
    }

    Object bind(Shape shape, YamlNode node, String path, Place at, Map<String, Leaf> leaves) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            problems.add(node.place(), path, "must be " + shape.expectation() + "; found " + Found.in(node, shape));
            return null;
        }
        if (shape instanceof Shape.Hidden) {
            leaves.put(path, new Leaf("******", ""));
            return secret(scalar, path);
        }
        Object value = value(shape, scalar, path);
        if (value != null) {
            leaves.put(path, leaf(shape, scalar, value));
        }
        return value;
    }

    private Object secret(YamlNode.Scalar scalar, String path) {
        problems.hide(scalar.text());
        boolean outside = scalar.expansion()
                .filter(YamlNode.Expansion::outside)
                .filter(expansion ->
                        !LITERAL_DEFAULT.matcher(expansion.source()).find())
                .isPresent();
        if (!outside) {
            problems.warn(
                    scalar.place(), path, "a secret is written in the open; write ${env:NAME} or ${file:PATH} instead");
        }
        return Secret.of(scalar.text());
    }

    private static Leaf leaf(Shape shape, YamlNode.Scalar scalar, Object value) {
        YamlNode.Expansion expansion =
                scalar.expansion().orElse(new YamlNode.Expansion(scalar.text(), scalar.text(), false));
        boolean window = !expansion.stable().equals(scalar.text());
        String canonical = window ? expansion.stable() : canonical(value);
        // Where any type may stand, the text 0 is another value than the number 0.
        boolean marked = shape instanceof Shape.Scalar && value instanceof String;
        String shown = scalar.expansion().isPresent() ? expansion.source() : canonical;
        return new Leaf(UrlSecrets.hide(shown), marked ? "'" + canonical + "'" : canonical);
    }

    private static String canonical(Object value) {
        return value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT)
                : TextForms.write(value).orElse(value.toString());
    }

    private Object value(Shape shape, YamlNode.Scalar scalar, String path) {
        if (shape instanceof Shape.Text) {
            if (scalar.expansion().isEmpty() && UrlSecrets.within(scalar.text())) {
                problems.warn(
                        scalar.place(),
                        path,
                        "a URL with a password in the open; write ${env:NAME} or ${file:PATH} in its place");
            }
            return scalar.text();
        } else if (shape instanceof Shape.Words words) {
            return word(words, scalar, path);
        } else if (shape instanceof Shape.Form form) {
            return form(form, scalar, path);
        } else if (shape instanceof Shape.Scalar) {
            return any(scalar, path);
        }
        return typed(shape, scalar, path);
    }

    private Object word(Shape.Words words, YamlNode.Scalar scalar, String path) {
        Object constant = words.constants().get(scalar.text());
        if (constant == null) {
            String near = scalar.expansion().isPresent()
                    ? ""
                    : Suggestion.didYouMean(scalar.text(), words.constants().keySet());
            problems.add(
                    scalar.place(),
                    path,
                    "unknown value " + scalar.shown() + near + " (known: "
                            + String.join(", ", words.constants().keySet()) + ")");
        }
        return constant;
    }

    private Object form(Shape.Form form, YamlNode.Scalar scalar, String path) {
        try {
            return form.parse().apply(scalar.text());
        } catch (IllegalArgumentException e) {
            String hint = scalar.expansion().isPresent() || e.getMessage() == null ? "" : e.getMessage();
            problems.add(scalar.place(), path, scalar.shown() + " is not " + form.expectation() + hint);
            return null;
        }
    }

    private Object any(YamlNode.Scalar scalar, String path) {
        Optional<String> surprise = scalar.plain() ? ScalarReading.surprise(scalar.text()) : Optional.<String>empty();
        if (surprise.isPresent()) {
            problems.add(scalar.place(), path, scalar.shown() + " " + surprise.get());
            return null;
        }
        Object value = scalar.plain() ? ScalarReading.value(scalar.text()) : scalar.text();
        return value == null ? scalar.text() : value;
    }

    /** Numbers and booleans: plain, or from a reference, which may have to be quoted. */
    private Object typed(Shape shape, YamlNode.Scalar scalar, String path) {
        if (!scalar.plain() && scalar.expansion().isEmpty()) {
            problems.add(
                    scalar.place(),
                    path,
                    "must be " + shape.expectation() + ", but " + scalar.shown() + " is quoted; remove the quotes");
            return null;
        }
        Object value = shape instanceof Shape.Flag
                ? ScalarReading.bool(scalar.text()).orElse(null)
                : shape instanceof Shape.Whole whole ? whole(whole, scalar.text()) : real(scalar.text());
        if (value == null) {
            String why = ScalarReading.surprise(scalar.text())
                    .map(surprise ->
                            "; " + scalar.shown() + " " + surprise.replaceAll(", or quote it if text is meant", ""))
                    .orElse("; found " + scalar.shown());
            problems.add(scalar.place(), path, "must be " + shape.expectation() + range(shape, scalar.text()) + why);
        }
        return value;
    }

    private static Object whole(Shape.Whole shape, String text) {
        Optional<BigInteger> number = ScalarReading.whole(text);
        if (number.isEmpty() || number.get().bitLength() >= (shape.wide() ? Long.SIZE : Integer.SIZE)) {
            return null;
        }
        return shape.wide()
                ? (Object) number.get().longValue()
                : (Object) number.get().intValue();
    }

    private static String range(Shape shape, String text) {
        return shape instanceof Shape.Whole whole && ScalarReading.whole(text).isPresent()
                ? " from " + (whole.wide() ? Long.MIN_VALUE : Integer.MIN_VALUE) + " to "
                        + (whole.wide() ? Long.MAX_VALUE : Integer.MAX_VALUE)
                : "";
    }

    private static Object real(String text) {
        return ScalarReading.real(text)
                .map(BigDecimal::doubleValue)
                .filter(Double::isFinite)
                .orElse(null);
    }
}
