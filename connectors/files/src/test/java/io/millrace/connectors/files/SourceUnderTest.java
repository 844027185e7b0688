package io.millrace.connectors.files;

import io.millrace.api.BatchReader;
import io.millrace.api.ByteSize;
import io.millrace.api.ConnectorContext;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.formats.csv.CsvSettings;
import io.millrace.formats.json.JsonFieldSettings;
import io.millrace.sandbox.EmbeddedS3;
import io.millrace.storage.S3Credentials;
import io.millrace.storage.S3Settings;
import io.millrace.storage.Storage;
import io.millrace.testkit.extractor.RecordedRejects;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of a source in a place of its own, to be changed one by one. */
final class SourceUnderTest {
    static final int BATCH_ROWS = 100;

    final Storage storage;
    private final String place;
    private final boolean remote;

    String path;
    Optional<FileFormat> format = Optional.empty();
    FileCompression compression = FileCompression.AUTO;
    Optional<CsvSettings> csv = Optional.empty();
    Map<String, JsonFieldSettings> schema = new LinkedHashMap<>();
    List<String> columns = List.of();
    Map<String, DataType> partitions = Map.of();
    Optional<String> timeColumn = Optional.empty();
    boolean incremental;
    Duration overlap = Duration.ofDays(1);
    ByteSize splitSize = ByteSize.parse("128MB");
    ByteSize recordLimit = ByteSize.parse("1MB");
    ByteSize unpackedLimit = ByteSize.parse("1GB");
    Optional<String> endpoint;
    Optional<String> secretKey;
    RetryPolicy retry = new RetryPolicy(4, Duration.ofMillis(10), Duration.ofMillis(200));

    private SourceUnderTest(String place, boolean remote, String path) {
        this.place = place;
        this.remote = remote;
        this.path = path;
        this.endpoint = remote ? Optional.of(EmbeddedS3.shared().endpoint()) : Optional.empty();
        this.secretKey = remote ? Optional.of(EmbeddedS3.shared().secretKey()) : Optional.empty();
        this.storage = Storage.at(place, Path.of("."), server(), retry);
    }

    static SourceUnderTest local(Path folder, String path) {
        return new SourceUnderTest(folder.toString(), false, path);
    }

    static SourceUnderTest remote(String path) {
        return new SourceUnderTest("s3://" + EmbeddedS3.shared().createBucket() + "/raw", true, path);
    }

    /** Another reader of the same place. */
    SourceUnderTest again(String otherPath) {
        SourceUnderTest again = new SourceUnderTest(place, remote, otherPath);
        again.schema = schema;
        return again;
    }

    private S3Settings server() {
        return new S3Settings(
                endpoint,
                Optional.empty(),
                Optional.empty(),
                secretKey.map(secret ->
                        new S3Credentials(EmbeddedS3.shared().accessKey(), Secret.of(secret), Optional.empty())));
    }

    SourceUnderTest column(String name, String type) {
        schema.put(name, JsonFieldSettings.of(DataType.parse(type).orElseThrow()));
        return this;
    }

    SourceUnderTest put(String key, String content) {
        return put(key, content.getBytes(StandardCharsets.UTF_8));
    }

    SourceUnderTest put(String key, byte[] content) {
        storage.put(key, content);
        return this;
    }

    Extractor extractor() {
        ConnectorContext context = new ConnectorContext(Path.of("."), retry);
        String where = place + "/" + path;
        if (!remote) {
            return new FilesSource()
                    .create(
                            new FilesSourceSettings(
                                    where,
                                    format,
                                    compression,
                                    csv,
                                    schema,
                                    columns,
                                    partitions,
                                    timeColumn,
                                    incremental,
                                    overlap,
                                    splitSize,
                                    recordLimit,
                                    unpackedLimit),
                            context);
        }
        S3Settings server = server();
        return new S3Source()
                .create(
                        new S3SourceSettings(
                                where,
                                format,
                                compression,
                                csv,
                                schema,
                                columns,
                                partitions,
                                timeColumn,
                                incremental,
                                overlap,
                                splitSize,
                                recordLimit,
                                unpackedLimit,
                                server.endpoint(),
                                server.region(),
                                server.pathStyle(),
                                server.credentials()),
                        context);
    }

    /** What a run reads. */
    record Result(List<Map<String, Object>> rows, List<RecordedRejects.Reject> rejects, int splits, long rowsRead) {
        List<Object> values(String column) {
            return rows.stream().map(row -> row.get(column)).toList();
        }
    }

    Result read() {
        return read(ExtractRequest.everything(BATCH_ROWS));
    }

    Result read(ExtractRequest request) {
        try (Extractor extractor = extractor()) {
            List<Split> splits = new ArrayList<>();
            extractor.plan(request).splits().forEachRemaining(splits::add);
            return read(extractor, splits);
        }
    }

    static Result read(Extractor extractor, List<Split> splits) {
        List<Map<String, Object>> rows = new ArrayList<>();
        RecordedRejects rejects = new RecordedRejects();
        long read = 0;
        for (Split split : splits) {
            try (BatchReader reader = extractor.open(split, Optional.empty(), rejects)) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    rows.addAll(batch.records());
                }
                read += reader.rowsRead();
            }
        }
        return new Result(rows, rejects.all(), splits.size(), read);
    }
}
