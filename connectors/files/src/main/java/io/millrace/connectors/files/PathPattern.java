package io.millrace.connectors.files;

import io.millrace.api.InvalidSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which files a path means. It is taken apart where its first pattern or partition folder begins: what is before is the
 * root, below which folders {@code column=value} give columns.
 *
 * @param root of the storage
 * @param prefix with which all keys begin that may match
 * @param rest the pattern below the root, or a name
 * @param literal whether it has no pattern in it, and so may be a file or a folder
 */
record PathPattern(String root, String prefix, String rest, boolean literal, Pattern regex) {
    private static final String SPECIAL = "*?[{";

    static PathPattern parse(String path) {
        List<String> fixed = new ArrayList<>();
        String[] parts = path.split("/", -1);
        int count = parts.length;
        while (count > 1 && parts[count - 1].isEmpty()) {
            count--;
        }
        int at = 0;
        while (at < count - 1 && !isSpecial(parts[at]) && !parts[at].contains("=")) {
            fixed.add(parts[at++]);
        }
        String rest = String.join("/", List.of(parts).subList(at, count));
        if (rest.equals(".") || rest.equals("..")) {
            fixed.add(rest);
            rest = "";
        }
        String root = String.join("/", fixed);
        if (root.isEmpty()) {
            root = path.startsWith("/") ? "/" : ".";
        }
        if (root.equals("s3:/") || root.equals("s3:")) {
            root = "s3://" + parts[2];
            rest = "";
        }
        boolean literal = !isSpecial(rest);
        return new PathPattern(root, prefix(rest), rest, literal, regex(rest));
    }

    private static boolean isSpecial(String text) {
        return text.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    private static String prefix(String rest) {
        int end = 0;
        while (end < rest.length() && SPECIAL.indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return rest.substring(0, end);
    }

    private static Pattern regex(String glob) {
        StringBuilder regex = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (glob.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '[' && glob.indexOf(']', i + 2) > 0) {
                int end = glob.indexOf(']', i + 2);
                String set = glob.substring(i + 1, end)
                        .replace("\\", "\\\\")
                        .replace("[", "\\[")
                        .replace("&&", "&\\&");
                regex.append('[')
                        .append(set.startsWith("!") ? "^/" + set.substring(1) : set)
                        .append(']');
                i = end;
            } else if (c == '{' && glob.indexOf('}', i) > 0) {
                regex.append("(?:");
                braces++;
            } else if (c == ',' && braces > 0) {
                regex.append('|');
            } else if (c == '}' && braces > 0) {
                regex.append(')');
                braces--;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException malformed) {
            throw new InvalidSetting("path", "'" + glob + "' is not a pattern: " + malformed.getDescription());
        }
    }

    /** Whether a pattern means this key. */
    boolean matches(String key) {
        return regex.matcher(key).matches();
    }

    /** What a folder's reader passes over: names beginning with '.', or with '_' unless a partition's. */
    static boolean isHidden(String key) {
        for (String part : key.split("/")) {
            if (part.startsWith(".") || part.startsWith("_") && !part.contains("=")) {
                return true;
            }
        }
        return false;
    }
}
