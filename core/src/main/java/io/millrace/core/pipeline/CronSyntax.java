package io.millrace.core.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The syntax of five-field cron expressions: numbers, names, lists, ranges and steps. */
final class CronSyntax {
    private static final Pattern PART =
            Pattern.compile("(\\*|[0-9]{1,2}|[A-Z]{3})(?:-([0-9]{1,2}|[A-Z]{3}))?(?:/([0-9]{1,2}))?");
    private static final List<CronField> FIELDS = List.of(
            new CronField("minute", 0, 59, List.of()),
            new CronField("hour", 0, 23, List.of()),
            new CronField("day of month", 1, 31, List.of()),
            new CronField(
                    "month",
                    1,
                    12,
                    List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
            new CronField("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")));

    private CronSyntax() {}

    /** What is wrong with an expression, if anything is. */
    static Optional<String> problem(String expression) {
        String[] fields = expression.strip().split("\\s+");
        if (fields.length != FIELDS.size()) {
            return Optional.of("'" + expression + "' must have five fields: minute, hour, day of month, month, day of"
                    + " week, such as \"0 2 * * *\"");
        }
        for (int i = 0; i < fields.length; i++) {
            CronField field = FIELDS.get(i);
            for (String part : fields[i].toUpperCase(Locale.ROOT).split(",", -1)) {
                if (!valid(part, field)) {
                    return Optional.of("'" + fields[i] + "' is not a valid " + field.name + ", which is " + field.lowest
                            + " to " + field.highest + ", *, a list 1,2, a range 1-5 or a step */15");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean valid(String part, CronField field) {
        Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
            return false;
        }
        boolean every = matcher.group(1).equals("*");
        int from = every ? field.lowest : field.number(matcher.group(1));
        int to = matcher.group(2) == null ? from : field.number(matcher.group(2));
        boolean stepped = matcher.group(3) == null || Integer.parseInt(matcher.group(3)) >= 1;
        boolean inOrder = from >= field.lowest && to <= field.highest && from <= to;
        return inOrder && stepped && !(every && matcher.group(2) != null);
    }

    /** A field with its bounds and the names that stand for numbers from the lowest on. */
    private record CronField(String name, int lowest, int highest, List<String> names) {
        int number(String text) {
            if (Character.isDigit(text.charAt(0))) {
                return Integer.parseInt(text);
            }
            int index = names.indexOf(text);
            return index < 0 ? -1 : index + lowest;
        }
    }
}
