package io.millrace.core.fit;

import io.millrace.api.BindContext;
import io.millrace.api.Counts;
import io.millrace.api.DurableFiles;
import io.millrace.api.Extractor;
import io.millrace.api.Lookup;
import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.core.learned.FitFile;
import io.millrace.core.learned.FitFileFormat;
import io.millrace.core.learned.Learner;
import io.millrace.core.learned.Provenance;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.StopSignal;
import io.millrace.core.transform.normalize.PlannedRule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Learns what the fit files of a job are to hold. The source is read through the steps in front of each {@code normalize};
 * the target is not touched, and nothing is written before all is learned.
 */
public final class Fit {
    private final Job job;
    private final Path directory;
    private final Optional<TimeWindow> window;
    private final String version;
    private final PassRun run;

    /**
     * @param directory where the paths of fit files begin: the folder of the pipeline file
     * @param version of Millrace, for the files
     * @param listeners for each reading of the source, one that hears how far it is
     */
    public Fit(
            Job job,
            Path directory,
            Optional<TimeWindow> window,
            String version,
            Supplier<RunListener> listeners,
            StopSignal stop) {
        this.job = job;
        this.directory = directory;
        this.window = window;
        this.version = version;
        this.run = new PassRun(job, window, listeners, stop);
    }

    /**
     * Learns the files that are missing; with {@code refit} all of them, which replaces those that exist.
     *
     * @throws MillraceException a user error where there is nothing that could be learned, a data error where more rows were
     *     rejected than {@code run.max_error_rate} allows; no file has been written then
     */
    public FitResult learn(boolean refit) {
        FitPlan plan = FitPlan.of(job);
        SortedMap<String, FitFile> learned = new TreeMap<>();
        SortedMap<String, FitFile> kept = new TreeMap<>();
        Set<String> waiting = new HashSet<>();
        plan.rules().forEach((path, rule) -> {
            if (refit || rule.isMissing()) {
                waiting.add(path);
            } else {
                rule.mismatch(rule.learned().orElseThrow()).ifPresent(why -> {
                    throw MillraceException.user(
                            "the fit file " + path + " " + why + "; add --refit to learn it again");
                });
                kept.put(path, rule.learned().orElseThrow());
            }
        });
        if (waiting.isEmpty()) {
            return new FitResult(learned, kept, 0, 0, 0);
        }
        int passes = 0;
        Counts counts = Counts.ZERO;
        while (!waiting.isEmpty()) {
            FitPass pass = FitPass.from(
                            0,
                            plan.steps(),
                            rule -> waits(rule, waiting),
                            rule -> waits(rule, waiting),
                            (rule, type) -> rule.rule().learner(type))
                    .orElseThrow();
            LearningTarget target = new LearningTarget(pass, context());
            counts = run.into(target, pass);
            passes++;
            SortedMap<String, FitFile> found = files(target, plan, counts);
            plan.know(found);
            learned.putAll(found);
            waiting.removeAll(found.keySet());
        }
        learned.forEach(this::write);
        return new FitResult(learned, kept, passes, counts.extracted(), counts.rejected());
    }

    private static boolean waits(PlannedRule rule, Set<String> waiting) {
        return rule.rule().fit().filter(waiting::contains).isPresent();
    }

    private SortedMap<String, FitFile> files(LearningTarget target, FitPlan plan, Counts counts) {
        Provenance provenance = new Provenance(
                job.pipeline(),
                source(),
                window.map(TimeWindow::toString).orElse("all"),
                counts.extracted(),
                counts.rejected(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                job.definition().hash(),
                version);
        SortedMap<String, FitFile> files = new TreeMap<>();
        target.learned().forEach((path, learner) -> {
            List<PlannedRule> rules = target.tail().taps().stream()
                    .filter(tap -> tap.path().equals(path))
                    .map(FitTap::rule)
                    .toList();
            if (rules.size() < plan.rulesOf(path)) {
                throw MillraceException.user("the columns that share the fit file " + path
                        + " cannot be learned in one reading of the source, because one of them lies behind other steps or"
                        + " behind a rule that is learned first; give each its own");
            }
            files.put(path, file(rules, learner, provenance));
        });
        return files;
    }

    private String source() {
        try (Extractor extractor = job.source().get()) {
            return extractor.describe();
        }
    }

    private static FitFile file(List<PlannedRule> rules, Learner learner, Provenance provenance) {
        List<String> columns =
                rules.stream().map(PlannedRule::column).distinct().toList();
        try {
            return new FitFile(
                    rules.get(0).rule().kind(),
                    columns,
                    rules.get(0).rule().learnedWith(),
                    rules.get(0).rule().learn(learner),
                    learner.statistics(),
                    provenance);
        } catch (MillraceException nothing) {
            throw nothing.during("column '" + String.join("', '", columns) + "'");
        }
    }

    private void write(String path, FitFile file) {
        Path target = directory.resolve(path).toAbsolutePath().normalize();
        try {
            DurableFiles.createDirectories(target.getParent());
            DurableFiles.write(target, FitFileFormat.write(file));
        } catch (IOException failed) {
            throw MillraceException.unavailable(
                    "cannot write the fit file " + target + " (" + failed + "); make its folder writable", failed);
        }
    }

    static BindContext context() {
        Instant now = Instant.now();
        return new BindContext() {
            @Override
            public Instant runStart() {
                return now;
            }

            @Override
            public Lookup lookup(String artifact) {
                throw new IllegalArgumentException("normalize looks nothing up, but asked for " + artifact);
            }
        };
    }

    /** How the data of today differs from what the fit files were learned from. A user error where one is missing. */
    public DriftReport compare() {
        FitPlan plan = FitPlan.of(job);
        FitFiles.require(job);
        SortedMap<String, Learner> current = new TreeMap<>();
        Counts counts = Counts.ZERO;
        Optional<FitPass> pass = comparing(0, plan);
        while (pass.isPresent()) {
            LearningTarget target = new LearningTarget(pass.get(), context());
            counts = run.into(target, pass.get());
            target.learned().forEach((path, learner) -> {
                Learner known = current.putIfAbsent(path, learner);
                if (known != null) {
                    known.merge(learner);
                }
            });
            pass = comparing(pass.get().end(), plan);
        }
        List<Drift> drifts = new ArrayList<>();
        current.forEach((path, learner) ->
                drifts.add(Drift.of(path, plan.rules().get(path).learned().orElseThrow(), learner)));
        return new DriftReport(drifts, counts.extracted(), counts.rejected());
    }

    private static Optional<FitPass> comparing(int place, FitPlan plan) {
        return FitPass.from(
                place,
                plan.steps(),
                rule -> rule.rule().fit().isPresent(),
                rule -> false,
                (rule, type) -> Drift.learner(rule.learned().orElseThrow(), type));
    }
}
