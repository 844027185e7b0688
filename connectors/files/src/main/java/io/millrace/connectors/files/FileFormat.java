package io.millrace.connectors.files;

import java.util.Locale;
import java.util.Optional;

/** How files hold rows. */
enum FileFormat {
    PARQUET,
    CSV,
    JSON_LINES;

    /** The format that a file's name says, whatever its compression. */
    static Optional<FileFormat> of(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("\\.(gz|zst)$", "");
        if (plain.endsWith(".parquet")) {
            return Optional.of(PARQUET);
        }
        if (plain.endsWith(".csv")) {
            return Optional.of(CSV);
        }
        boolean json = plain.endsWith(".jsonl") || plain.endsWith(".ndjson") || plain.endsWith(".json");
        return json ? Optional.of(JSON_LINES) : Optional.empty();
    }
}
