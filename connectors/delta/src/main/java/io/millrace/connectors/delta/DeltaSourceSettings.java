package io.millrace.connectors.delta;

import io.millrace.api.ByteSize;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.storage.S3Credentials;
import io.millrace.storage.S3Settings;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The keys under {@code extract: delta:}. */
record DeltaSourceSettings(
        @Setting(
                        value = "The table's folder, relative to the pipeline file, or s3://bucket/prefix.",
                        example = "lake/behaviors")
                String path,
        @Setting("The version to read; absent: the newest.") Optional<Long> version,
        @Setting("Reads the version that was the newest at this time.") Optional<Instant> timestamp,
        @Setting(value = "The columns to read, in this order; all where absent.", example = "[event_id, user_id]")
                List<String> columns,
        @Setting(
                        value =
                                "The column that --start and --end act on: timestamp or date. Where absent, created_at if"
                                        + " there is such a column.",
                        example = "created_at")
                Optional<String> timeColumn,
        @Setting(
                        value =
                                "Whether a run without a window takes only what was added since the run before it, commit by"
                                        + " commit.",
                        defaultValue = "false")
                boolean incremental,
        @Setting(
                        value =
                                "What an increment does about commits that deleted or rewrote rows: refuse stops; redeliver"
                                        + " takes what they added, so that rewritten rows come again and deleted ones are not"
                                        + " seen to go.",
                        defaultValue = "refuse")
                ChangePolicy changes,
        @Setting(
                        value =
                                "About how much of the table's files makes a split: small files are read together, large"
                                        + " ones cut between row groups.",
                        defaultValue = "128MB")
                ByteSize splitSize,
        @Setting(S3Settings.ENDPOINT) Optional<String> endpoint,
        @Setting(S3Settings.REGION) Optional<String> region,
        @Setting(S3Settings.PATH_STYLE) Optional<Boolean> pathStyle,
        @Setting(S3Settings.CREDENTIALS) Optional<S3Credentials> credentials) {
    DeltaSourceSettings {
        columns = List.copyOf(columns);
        if (path.isBlank()) {
            throw new InvalidSetting("path", "is empty; name a folder, such as lake/events");
        }
        if (new HashSet<>(columns).size() < columns.size()) {
            throw new InvalidSetting("columns", "names a column twice");
        }
        if (version.isPresent() && version.get() < 0) {
            throw new InvalidSetting("version", "must be 0 or more, is " + version.get());
        }
        if (version.isPresent() && timestamp.isPresent()) {
            throw new InvalidSetting("timestamp", "stands beside version; give one of the two");
        }
        if (incremental && (version.isPresent() || timestamp.isPresent())) {
            throw new InvalidSetting(
                    "incremental", "goes on to the newest version each time; leave version and timestamp out");
        }
        if (splitSize.bytes() < 1) {
            throw new InvalidSetting("split_size", "must be at least 1B");
        }
        DeltaTargetSettings.requireRemote(path, new S3Settings(endpoint, region, pathStyle, credentials));
    }

    S3Settings s3() {
        return new S3Settings(endpoint, region, pathStyle, credentials);
    }
}
