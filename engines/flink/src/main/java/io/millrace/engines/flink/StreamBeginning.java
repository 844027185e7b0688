package io.millrace.engines.flink;

import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.Extractor;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.Loader;
import io.millrace.api.MessageSource;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.StagingLoader;
import io.millrace.api.WriteMode;
import io.millrace.core.lookup.LookupTransform;
import io.millrace.core.lookup.Lookups;
import io.millrace.core.pipeline.DefinitionFingerprint;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import io.millrace.core.step.StepChain;
import io.millrace.core.stream.KeyedCounts;
import io.millrace.core.stream.StreamFolder;
import io.millrace.core.stream.StreamJob;
import io.millrace.core.stream.StreamStart;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Everything that is decided and checked before a stream's job starts: where it goes on, under which lineage, and whether the
 * target is where the checkpoint believes it to be. One thread; closing releases source and targets.
 */
final class StreamBeginning implements AutoCloseable {
    private final StreamJob job;
    private final StreamFolder folder;
    private final LineageFile lineageFile;
    private final MessageSource source;
    private final Loader loader;
    private final Optional<Loader> deadLetters;

    StreamBeginning(StreamJob job, StreamFolder folder) {
        this.job = job;
        this.folder = folder;
        this.lineageFile = new LineageFile(folder.lineage());
        this.source = messages(job.job().source().get());
        this.loader = job.job().target().get();
        this.deadLetters = job.deadLetters().map(target -> target.get());
    }

    private static MessageSource messages(Extractor extractor) {
        if (extractor instanceof MessageSource messages) {
            return messages;
        }
        String described = extractor.describe();
        extractor.close();
        throw MillraceException.user("a stream reads a topic of Kafka, and " + described
                + " is none: use 'millrace run', or write extract: {kafka: …}");
    }

    /** What writes the target. */
    Loader loader() {
        return loader;
    }

    Beginning begin(StreamStart start) {
        Optional<String> earlier = lineageFile.read();
        Optional<KnownCheckpoint> from = start.restart() ? Optional.empty() : checkpoint(start, earlier);
        from.ifPresent(known -> goOn(known, start));
        StreamStages stages = StreamStages.of(steps());
        StreamSteps.check(job.settings(), stages);
        from.ifPresent(known -> requireState(known, stages, start));
        checkTarget(stages.chain());
        if (from.isEmpty()) {
            earlier.ifPresent(lineage -> leave(lineage, start));
        }
        StreamState state = from.map(KnownCheckpoint::state).orElseGet(this::anew);
        return new Beginning(
                parts(state, stages, from),
                from.map(KnownCheckpoint::path),
                start.from().isEmpty());
    }

    private Optional<KnownCheckpoint> checkpoint(StreamStart start, Optional<String> earlier) {
        if (start.from().isPresent()) {
            return Optional.of(KnownCheckpoint.read(
                    Path.of(start.from().get()).toAbsolutePath().normalize()));
        }
        return earlier.flatMap(
                lineage -> KnownCheckpoint.latest(List.of(folder.checkpoints(lineage), folder.savepoints(lineage))));
    }

    /** Checks that this pipeline may go on where the checkpoint was made. */
    private void goOn(KnownCheckpoint from, StreamStart start) {
        StreamState state = from.state();
        if (!state.pipeline().equals(job.pipeline())) {
            throw MillraceException.user("the checkpoint " + from.path() + " is one of pipeline '" + state.pipeline()
                    + "', not of '" + job.pipeline() + "'");
        }
        List<String> changes = DefinitionFingerprint.parse(state.definition())
                .difference(job.job().definition());
        if (!changes.isEmpty() && !start.changed()) {
            throw MillraceException.user("the pipeline is another one than when its stream was last stopped:\n  "
                    + String.join("\n  ", changes)
                    + "\nGo on with the changed pipeline by --changed, or begin anew by --restart");
        }
        source.resume(state.pin());
        if (source.check(state.pin()) != PinState.VALID) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    source.describe()
                            + " is not the topic any more that the stream was reading, or its columns are others;"
                            + " begin anew with --restart");
        }
        Lineage lineage = new Lineage(state.pipeline(), state.lineage());
        requireNotBehind(loader, lineage, from);
        deadLetters.ifPresent(target -> requireNotBehind(target, StreamParts.deadLetterLineage(lineage), from));
    }

    /** State that a changed pipeline cannot go on with is told before it is left behind. */
    private static void requireState(KnownCheckpoint from, StreamStages stages, StreamStart start) {
        List<String> lost = new ArrayList<>(from.state().stages());
        lost.removeAll(stages.uids());
        if (!lost.isEmpty() && !start.changed()) {
            throw MillraceException.user(
                    "what the checkpoint " + from.path() + " remembers for " + String.join(", ", lost)
                            + " does not fit the pipeline's steps " + stages.uids()
                            + ": their keys, measures or input have other types. --changed goes on without it: they begin with"
                            + " nothing remembered; or begin anew by --restart");
        }
    }

    /**
     * A target that has more than the checkpoint knows would take the next checkpoints, whose numbers it has seen before, for
     * repetitions, and their rows would be lost.
     */
    private static void requireNotBehind(Loader target, Lineage lineage, KnownCheckpoint from) {
        long last = target.lastCommitted(lineage).orElse(Long.MIN_VALUE);
        if (last > from.id()) {
            throw MillraceException.user("the checkpoint " + from.path() + " (number " + from.id()
                    + ") is older than what " + target.describe() + " holds of this stream (number " + last
                    + "); go on from the latest one, without --from, or begin anew with --restart, which brings again"
                    + " what the target already has");
        }
    }

    /** A new lineage must not hide that an old one's checkpoints were lost. */
    private void leave(String lineage, StreamStart start) {
        Lineage old = new Lineage(job.pipeline(), lineage);
        if (!start.restart() && loader.lastCommitted(old).isPresent()) {
            throw MillraceException.user(loader.describe()
                    + " holds rows of this stream, but its checkpoints are gone from "
                    + folder.root() + "; restore them, or begin anew with --restart, which brings again what the target"
                    + " already has");
        }
        if (loader instanceof StagingLoader staging) {
            staging.cleanup(old, List.of());
        }
        Folders.delete(folder.root().resolve(lineage));
    }

    private StreamState anew() {
        return new StreamState(
                StreamState.VERSION,
                job.pipeline(),
                UUID.randomUUID().toString(),
                source.streamPin(),
                job.job().definition().toJson(),
                Counts.ZERO,
                KeyedCounts.NONE,
                List.of());
    }

    private StepChain steps() {
        StreamSteps.check(job.job().steps());
        Lookups lookups = new Lookups(job.job().steps().stream()
                .filter(RowStep.class::isInstance)
                .map(step -> ((RowStep) step).transform())
                .filter(LookupTransform.class::isInstance)
                .flatMap(transform -> ((LookupTransform) transform).requests().stream())
                .toList());
        lookups.prepareForNow();
        return StepChain.resolve(job.job().steps(), source.schema(), lookups.at(Instant.now()));
    }

    private void checkTarget(StepChain steps) {
        WriteMode mode = loader.mode();
        if (mode != WriteMode.APPEND && mode != WriteMode.UPSERT) {
            throw MillraceException.user("a stream adds to its target checkpoint by checkpoint, so that mode "
                    + mode.name().toLowerCase(Locale.ROOT) + " would leave only the last one's rows; use append or"
                    + " upsert");
        }
        loader.wholeRunsOnly().ifPresent(setting -> {
            throw MillraceException.user(setting + " asks for all rows at once, which a stream never has; remove it");
        });
        loader.validate(steps.output());
        deadLetters.ifPresent(target -> target.validate(DeadLetters.SCHEMA));
    }

    private StreamParts parts(StreamState state, StreamStages stages, Optional<KnownCheckpoint> from) {
        Lineage lineage = new Lineage(state.pipeline(), state.lineage());
        // Before anything is staged or committed under it.
        lineageFile.write(lineage.id());
        Instant now = Instant.now();
        LoadRequest rows = new LoadRequest(stages.chain().output(), lineage, Optional.empty(), now);
        StreamParts parts = parts(state, stages, loader.prepare(rows), prepareDeadLetters(lineage, now));
        if (from.isPresent()) {
            rollForward(parts, from.get());
            return parts(state, stages, loader.prepare(rows), prepareDeadLetters(lineage, now));
        }
        return parts;
    }

    private Optional<Fence> prepareDeadLetters(Lineage lineage, Instant now) {
        LoadRequest request =
                new LoadRequest(DeadLetters.SCHEMA, StreamParts.deadLetterLineage(lineage), Optional.empty(), now);
        return deadLetters.map(target -> target.prepare(request));
    }

    private StreamParts parts(StreamState state, StreamStages stages, Fence fence, Optional<Fence> deadLetterFence) {
        String lineage = state.lineage();
        StreamState defined = new StreamState(
                StreamState.VERSION,
                state.pipeline(),
                lineage,
                state.pin(),
                job.job().definition().toJson(),
                state.counts(),
                state.keyed(),
                stages.uids());
        return new StreamParts(
                UUID.randomUUID().toString(),
                job.job().options(),
                job.settings(),
                source,
                stages,
                loader,
                deadLetters,
                new Lineage(state.pipeline(), lineage),
                fence,
                deadLetterFence,
                defined,
                folder.pending(lineage),
                folder.rejects(lineage),
                folder.working(lineage),
                new Progress());
    }

    /**
     * Commits what the checkpoint holds, which an operator would do as well, so that everything else that is staged or pending
     * can be told apart as left behind by a crash, and removed.
     */
    private void rollForward(StreamParts parts, KnownCheckpoint from) {
        TreeMap<Long, List<Piece>> byCheckpoint = new TreeMap<>();
        from.pieces().forEach(piece -> byCheckpoint
                .computeIfAbsent(piece.checkpoint(), first -> new ArrayList<>())
                .add(piece));
        PieceCommitter committer = new PieceCommitter(parts, 0);
        byCheckpoint.forEach((checkpoint, pieces) -> {
            pieces.sort(Comparator.comparing(Piece::task));
            committer.commit(checkpoint, pieces, true);
        });
        clean(loader, parts.lineage());
        deadLetters.ifPresent(target -> clean(target, StreamParts.deadLetterLineage(parts.lineage())));
        Folders.delete(parts.pendingFolder());
        Folders.delete(parts.workingFolder());
    }

    /** Ends the fence too, which is taken again. */
    private static void clean(Loader target, Lineage lineage) {
        if (target instanceof StagingLoader staging) {
            staging.cleanup(lineage, List.of());
        }
    }

    @Override
    public void close() {
        source.close();
        loader.close();
        deadLetters.ifPresent(Loader::close);
    }
}
