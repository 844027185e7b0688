package io.millrace.connectors.files;

/** Describes the keys that {@code files} and {@code s3} have in common. */
final class SourceKeys {
    static final String FORMAT =
            "How the files hold rows: parquet, csv or json_lines. Absent: what the path's ending says"
                    + " (.parquet, .csv, .jsonl, .ndjson or .json, also with .gz or .zst behind it).";
    static final String COMPRESSION = "How csv and json_lines files are compressed. auto goes by .gz and .zst.";
    static final String CSV = "How CSV is written. Absent: with a header, commas, double quotes.";
    static final String SCHEMA =
            "The columns to read, with their types. Absent: Parquet brings its own; those of csv and"
                    + " json_lines are inferred from the first 1,000 rows.";
    static final String COLUMNS = "The columns to read, in this order; all where absent.";
    static final String PARTITIONS =
            "The types of columns that folders named column=value give. Those not named here are" + " string.";
    static final String TIME_COLUMN =
            "The timestamp or date that --start and --end act on. Absent: created_at if there is" + " such a column.";
    static final String INCREMENTAL =
            "Whether a run without a window takes only files that no earlier one has taken. A file"
                    + " that was changed counts as a new one.";
    static final String OVERLAP = "How long behind its modification time a file may appear and still be found by"
            + " incremental runs. The files of that time are remembered one by one.";
    static final String SPLIT_SIZE =
            "About how much makes a split. Smaller files are read together; larger Parquet files are"
                    + " cut between row groups, larger csv and json_lines files between lines, if they are not compressed (csv: only"
                    + " with quoted_newlines: false).";
    static final String RECORD_LIMIT = "The longest CSV record or JSON line; longer ones are rejected.";
    static final String UNPACKED_LIMIT = "The most that one compressed file may unpack to; more ends the run.";

    private SourceKeys() {}
}
