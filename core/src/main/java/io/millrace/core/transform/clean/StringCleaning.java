package io.millrace.core.transform.clean;

import io.millrace.api.Setting;
import java.util.List;

/**
 * How the text of string columns is tidied: control characters go first, then runs of white space become one space, then
 * the ends are trimmed. White space is Unicode's property White_Space. Text that becomes empty stays empty text, not null.
 */
public record StringCleaning(
        @Setting(value = "Remove white space at both ends.", defaultValue = "true") boolean trim,
        @Setting(value = "Replace each run of white space by one space (U+0020).", defaultValue = "true")
                boolean collapseWhitespace,
        @Setting(value = "Remove control characters (C0, DEL and C1) that are not white space.", defaultValue = "true")
                boolean stripControl,
        @Setting(value = "String columns whose text is left as it is.", example = "[page_html]") List<String> except) {

    /** What an absent {@code strings} key means: everything on, no exception. */
    public static final StringCleaning DEFAULT = new StringCleaning(true, true, true, List.of());

    public StringCleaning {
        except = List.copyOf(except);
    }

    boolean changesAnything() {
        return trim || collapseWhitespace || stripControl;
    }
}
