package io.millrace.bench;

import io.millrace.sandbox.EmbeddedS3;
import io.millrace.testkit.network.FaultProxy;
import java.time.Duration;
import java.util.Map;

/**
 * From Parquet on S3 to Parquet on the disk, against reading the same files from the disk; the server beside us, or one whose
 * requests take a while to reach it.
 */
final class S3Route implements Route {
    private final EmbeddedS3 server = EmbeddedS3.launch();
    private final String bucket = server.createBucket("bench");
    private final FaultProxy road = FaultProxy.before("127.0.0.1", server.port());
    private final Duration delay;
    private final Entrant limit;
    private final Entrant warmLimit;
    private final Entrant whole;
    private final Entrant warm;

    S3Route(Programs programs, Dataset rows, Duration delay) {
        this.delay = delay;
        String place = "path: \"s3://" + bucket + "/events\", endpoint: \"http://127.0.0.1:"
                + (delay.isZero() ? server.port() : road.port())
                + "\", credentials: {access_key: \"${env:S3_ACCESS_KEY}\", secret_key: \"${env:S3_SECRET_KEY}\"}";
        rows.run("load: {parquet: {" + place + "}}\n", variables());
        road.delayRequests(delay);
        PipelineText local = copying("files: {path: \"" + rows.parquet() + "\"}");
        PipelineText remote = copying("s3: {" + place + ", format: parquet}");
        this.limit = local.whole(programs, LakeRoute::rows).as("from the disk, whole process");
        this.warmLimit = local.warm(programs, LakeRoute::rows).as("from the disk, warm");
        this.whole = remote.whole(programs, LakeRoute::rows);
        this.warm = remote.warm(programs, LakeRoute::rows);
    }

    private static PipelineText copying(String extract) {
        return new PipelineText("pipeline: bench-s3\nextract: {" + extract + "}\nload: {parquet: {path: lake}}\n");
    }

    @Override
    public String name() {
        return "Parquet on S3" + (delay.isZero() ? "" : ", each request " + delay.toMillis() + " ms later")
                + " → Parquet";
    }

    @Override
    public String limitedBy() {
        return "our own Parquet → Parquet from the disk";
    }

    @Override
    public double goal() {
        return 0.7;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("S3_ACCESS_KEY", server.accessKey(), "S3_SECRET_KEY", server.secretKey());
    }

    @Override
    public void reset() {
        // Nothing is written to the server.
    }

    @Override
    public Entrant limit() {
        return limit;
    }

    @Override
    public Entrant warmLimit() {
        return warmLimit;
    }

    @Override
    public Entrant whole() {
        return whole;
    }

    @Override
    public Entrant warm() {
        return warm;
    }

    @Override
    public void close() {
        road.close();
        server.close();
    }
}
