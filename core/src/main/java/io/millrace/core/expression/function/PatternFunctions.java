package io.millrace.core.expression.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.core.expression.kernel.Kernel;
import io.millrace.core.expression.kernel.RowKernel;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Regular expressions of RE2, which take time in proportion to the text, whatever the pattern; patterns are literals. */
final class PatternFunctions {
    private PatternFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("regexp_like", PatternFunctions::like);
        table.add("regexp_extract", PatternFunctions::extract);
        table.add("regexp_replace", PatternFunctions::replace);
    }

    private static Pattern pattern(String name, List<Kernel> arguments) {
        String text = Arguments.literal(name, arguments, 1, "the pattern");
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException wrong) {
            throw MillraceException.user(name + ": '" + text + "' is not a regular expression of RE2: "
                    + wrong.getDescription() + " (RE2 has no look-around and no back-references)");
        }
    }

    private static Kernel like(List<Kernel> arguments, Instant runStart) {
        String wanted = "(string, pattern)";
        Arguments.count("regexp_like", arguments, 2, 2, wanted);
        Kernel text = Arguments.as("regexp_like", arguments, 0, DataType.STRING, wanted);
        Pattern pattern = pattern("regexp_like", arguments);
        return RowKernel.strict(
                DataType.BOOLEAN,
                List.of(text),
                (a, row, out) -> out.put(pattern.matcher(Arrays.copyOfRange(a[0].bytes(), a[0].from(row), a[0].to(row)))
                        .find()));
    }

    private static Kernel extract(List<Kernel> arguments, Instant runStart) {
        String wanted = "(string, pattern) or (string, pattern, group)";
        Arguments.count("regexp_extract", arguments, 2, 3, wanted);
        Kernel text = Arguments.as("regexp_extract", arguments, 0, DataType.STRING, wanted);
        Pattern pattern = pattern("regexp_extract", arguments);
        long group = arguments.size() < 3
                ? 0
                : arguments
                        .get(2)
                        .constant()
                        .filter(one -> one.value(0) instanceof Long)
                        .map(one -> (Long) one.value(0))
                        .orElseThrow(
                                () -> MillraceException.user("regexp_extract: the group must be a literal number"));
        if (group < 0 || group > pattern.groupCount()) {
            throw MillraceException.user("regexp_extract: there is no group " + group + " in '" + pattern
                    + "', which has " + pattern.groupCount());
        }
        return RowKernel.strict(DataType.STRING, List.of(text), (a, row, out) -> {
            Matcher matcher = pattern.matcher(a[0].text(row));
            String found = matcher.find() ? matcher.group((int) group) : null;
            if (found == null) {
                out.none();
            } else {
                out.put(found);
            }
        });
    }

    private static Kernel replace(List<Kernel> arguments, Instant runStart) {
        String wanted = "(string, pattern, replacement)";
        Arguments.count("regexp_replace", arguments, 3, 3, wanted);
        Kernel text = Arguments.as("regexp_replace", arguments, 0, DataType.STRING, wanted);
        Pattern pattern = pattern("regexp_replace", arguments);
        String replacement = Arguments.literal("regexp_replace", arguments, 2, "the replacement");
        requireGroups(pattern, replacement);
        return RowKernel.strict(DataType.STRING, List.of(text), (a, row, out) -> {
            Matcher matcher = pattern.matcher(a[0].text(row));
            out.put(matcher.replaceAll(replacement));
        });
    }

    /** {@code $1} names a group, {@code \} takes the next character as it is. */
    private static void requireGroups(Pattern pattern, String replacement) {
        for (int i = 0; i < replacement.length(); i++) {
            char character = replacement.charAt(i);
            boolean last = i + 1 == replacement.length();
            if (character == '\\' && !last) {
                i++;
            } else if (character == '\\'
                    || character == '$'
                            && (last
                                    || !Character.isDigit(replacement.charAt(i + 1))
                                    || replacement.charAt(i + 1) - '0' > pattern.groupCount())) {
                throw MillraceException.user("regexp_replace: in the replacement '" + replacement + "' " + character
                        + " is not followed by the number of a group of '" + pattern + "'; write \\" + character
                        + " for the character itself");
            }
        }
    }
}
