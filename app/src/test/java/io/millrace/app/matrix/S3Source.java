package io.millrace.app.matrix;

import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.sandbox.EmbeddedS3;
import io.millrace.storage.S3Credentials;
import io.millrace.storage.S3Settings;
import io.millrace.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

final class S3Source implements MatrixSource {
    private static final int OBJECTS = 6;

    private final EmbeddedS3 server = EmbeddedS3.shared();
    private final String bucket = server.createBucket();

    S3Source() {
        S3Settings settings = new S3Settings(
                Optional.of(server.endpoint()),
                Optional.of("us-east-1"),
                Optional.of(true),
                Optional.of(new S3Credentials(server.accessKey(), Secret.of(server.secretKey()), Optional.empty())));
        Storage storage = Storage.at("s3://" + bucket + "/raw", Path.of(""), settings, RetryPolicy.DEFAULT);
        List<Events.Event> events = Events.all();
        for (int object = 0; object < OBJECTS; object++) {
            int part = object;
            String lines = events.stream()
                    .filter(event -> event.id() % OBJECTS == part)
                    .map(Events::json)
                    .collect(Collectors.joining("\n", "", "\n"));
            storage.put("events-" + object + ".jsonl", lines.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public String settings() {
        return "s3: {path: \"s3://" + bucket + "/raw/*.jsonl\", format: json_lines, schema: " + Events.schema()
                + ", endpoint: \"" + server.endpoint() + "\", region: us-east-1, path_style: true,"
                + " credentials: {access_key: \"${env:S3_ACCESS_KEY}\", secret_key: \"${env:S3_SECRET_KEY}\"}}";
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("S3_ACCESS_KEY", server.accessKey(), "S3_SECRET_KEY", server.secretKey());
    }
}
