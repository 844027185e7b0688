package io.millrace.connectors.files;

import java.util.Locale;

/** How text files are compressed as a whole. */
enum FileCompression {
    AUTO,
    NONE,
    GZIP,
    ZSTD;

    /** What AUTO means for a file of this name. */
    FileCompression of(String name) {
        if (this != AUTO) {
            return this;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".gz") ? GZIP : lower.endsWith(".zst") ? ZSTD : NONE;
    }
}
