package io.millrace.connectors.redis;

import io.millrace.api.CommitId;
import io.millrace.api.DirectLoader;
import io.millrace.api.DirectWriter;
import io.millrace.api.Fence;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import io.millrace.api.RowVersion;
import io.millrace.api.WriteMode;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes rows as keys. Nothing is remembered of pieces: writing one again leaves the same keys. */
final class RedisLoader implements DirectLoader {
    private final RedisTargetSettings settings;
    private final RedisServer server;
    private final RetryPolicy retry;
    private final Sessions sessions;
    private volatile Instant asOf;

    RedisLoader(RedisTargetSettings settings, RedisServer server, RetryPolicy retry) {
        this.settings = settings;
        this.server = server;
        this.retry = retry;
        this.sessions = new Sessions(server);
    }

    @Override
    public String describe() {
        return server.describe() + " " + settings.key();
    }

    @Override
    public WriteMode mode() {
        return WriteMode.UPSERT;
    }

    @Override
    public boolean replayable() {
        return true;
    }

    @Override
    public boolean heedsRowVersions() {
        return true;
    }

    @Override
    public Optional<String> wholeRunsOnly() {
        return Optional.of("load.redis.delete_vanished").filter(setting -> settings.deleteVanished());
    }

    @Override
    public void validate(Schema schema) {
        new RowKeys(settings.keyTemplate(), schema);
        RowEncoder.fields(settings, schema);
    }

    @Override
    public Fence prepare(LoadRequest request) {
        validate(request.schema());
        Version.of(request.asOf(), 0);
        Fencing fencing =
                fencing(request.lineage().pipeline(), request.lineage().id());
        Patience patience = new Patience(retry);
        while (true) {
            try (Session session = Session.open(server)) {
                ServerCheck.of(session, server);
                Fence fence = fencing.take(session);
                asOf = request.asOf();
                return fence;
            } catch (MillraceException failed) {
                patience.orThrow(failed);
            }
        }
    }

    @Override
    public synchronized void asOf(Instant moment) {
        asOf = asOf.isBefore(moment) ? moment : asOf;
    }

    @Override
    public synchronized void join(LoadRequest request) {
        asOf = request.asOf();
    }

    @Override
    public Optional<String> find(WriteTask task) {
        return Optional.empty();
    }

    @Override
    public DirectWriter open(WriteTask task, Schema schema) {
        Instant moment = asOf;
        Version version = Version.of(moment, task.fence().epoch());
        List<String> fields = RowEncoder.fields(settings, schema);
        boolean versioned = RowVersion.in(schema);
        boolean expiring = settings.ttl().isPresent() && !versioned;
        LoadTarget target = LoadTarget.of(
                PipelineKeys.of(task.lineage().pipeline()),
                settings.deleteVanished(),
                task.lineage().id(),
                task.fence().epoch(),
                version,
                expiring ? Long.toString(moment.plus(settings.ttl().get()).toEpochMilli()) : "");
        String script = LoadScript.of(settings.as(), fields, expiring, settings.deleteVanished(), versioned);
        RowMarks marks = versioned ? new RowMarks(schema, settings.ttl()) : null;
        return new RedisWriter(
                settings,
                new RowKeys(settings.keyTemplate(), schema),
                RowEncoder.of(settings.as(), fields, schema, version, marks),
                new CallPipeline(sessions, script, target, settings.callsInFlight(), new Patience(retry)),
                fencing(task.lineage().pipeline(), task.lineage().id()),
                new Replicas(settings, PipelineKeys.of(task.lineage().pipeline())),
                task.fence());
    }

    @Override
    public List<String> complete(CommitId id) {
        if (!settings.deleteVanished()) {
            return List.of();
        }
        PipelineKeys keys = PipelineKeys.of(id.lineage().pipeline());
        long deleted = new VanishedKeys(
                        server, keys, id, Version.of(asOf, id.fence().epoch()), settings.keysPerCall())
                .delete(new Replicas(settings, keys), new Patience(retry));
        return deleted == 0
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "%,d keys of earlier runs that this run did not write were deleted (delete_vanished)",
                        deleted));
    }

    private static Fencing fencing(String pipeline, String lineage) {
        return new Fencing(PipelineKeys.of(pipeline), lineage);
    }

    @Override
    public void close() {
        // Writers own their connections, and the fence stays with the server.
    }
}
