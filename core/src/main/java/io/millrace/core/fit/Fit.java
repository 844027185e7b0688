package io.millrace.core.fit;

import io.millrace.api.BindContext;
import io.millrace.api.DurableFiles;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Lookup;
import io.millrace.api.MillraceException;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.core.learned.FitFile;
import io.millrace.core.learned.FitFileFormat;
import io.millrace.core.learned.Learner;
import io.millrace.core.learned.Provenance;
import io.millrace.core.run.Job;
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
import java.util.stream.Collectors;

/**
 * Learns what the fit files of a job are to hold. The source is read through the steps in front of each {@code normalize};
 * the target is not touched, and nothing is written before all is learned.
 */
public final class Fit {
    private final Job job;
    private final Path directory;
    private final Optional<TimeWindow> window;
    private final String version;

    /**
     * @param directory where the paths of fit files begin: the folder of the pipeline file
     * @param version of Millrace, for the files
     */
    public Fit(Job job, Path directory, Optional<TimeWindow> window, String version) {
        this.job = job;
        this.directory = directory;
        this.window = window;
        this.version = version;
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
                    throw MillraceException.user("the fit file " + path + " " + why + "; add --refit to learn it again");
                });
                kept.put(path, rule.learned().orElseThrow());
            }
        });
        if (waiting.isEmpty()) {
            return new FitResult(learned, kept, 0, 0, 0);
        }
        int passes = 0;
        PassResult last = new PassResult(new TreeMap<>(), 0, 0);
        try (Extractor extractor = job.source().get()) {
            List<Split> splits = splits(extractor);
            PassPlanner planner = new PassPlanner(extractor.schema(), context());
            while (!waiting.isEmpty()) {
                FitPass pass = planner.next(
                        plan.steps(),
                        rule -> waits(rule, waiting),
                        rule -> waits(rule, waiting),
                        (rule, type) -> rule.rule().learner(type));
                refuseSharedAcrossPasses(pass, plan, waiting);
                last = new PassRun(job, extractor, pass, splits).run(splits.size());
                passes++;
                SortedMap<String, FitFile> found = files(pass, last, extractor);
                plan.know(found);
                learned.putAll(found);
                waiting.removeAll(found.keySet());
            }
        }
        learned.forEach(this::write);
        return new FitResult(learned, kept, passes, last.extracted(), last.rejected());
    }

    private static boolean waits(PlannedRule rule, Set<String> waiting) {
        return rule.rule().fit().filter(waiting::contains).isPresent();
    }

    /** Rules of one file must be learned together. */
    private static void refuseSharedAcrossPasses(FitPass pass, FitPlan plan, Set<String> waiting) {
        for (String path : waiting) {
            long rules = plan.rulesOf(path);
            long here = pass.taps().stream().filter(tap -> tap.path().equals(path)).count();
            if (here > 0 && here < rules) {
                throw MillraceException.user("the columns that share the fit file " + path
                        + " cannot be learned in one reading of the source, because one of them lies behind a rule that is"
                        + " learned first; give each its own");
            }
        }
    }

    private List<Split> splits(Extractor extractor) {
        List<Split> splits = new ArrayList<>();
        extractor
                .plan(ExtractRequest.of(window, job.options().batchRows()))
                .splits()
                .forEachRemaining(splits::add);
        return splits;
    }

    private SortedMap<String, FitFile> files(FitPass pass, PassResult result, Extractor extractor) {
        Provenance provenance = new Provenance(
                job.pipeline(),
                extractor.describe(),
                window.map(TimeWindow::toString).orElse("all"),
                result.extracted(),
                result.rejected(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                job.definition().hash(),
                version);
        SortedMap<String, FitFile> files = new TreeMap<>();
        result.learners().forEach((path, learner) -> files.put(path, file(pass, path, learner, provenance)));
        return files;
    }

    private static FitFile file(FitPass pass, String path, Learner learner, Provenance provenance) {
        List<PlannedRule> rules = pass.taps().stream()
                .filter(tap -> tap.path().equals(path))
                .map(FitTap::rule)
                .toList();
        List<String> columns =
                rules.stream().map(PlannedRule::column).distinct().collect(Collectors.toList());
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
                throw MillraceException.user("the look-up '" + artifact
                        + "' is prepared by runs only; learn from a pipeline whose normalize comes before it");
            }
        };
    }

    /** How the data of today differs from what the fit files were learned from. A user error where one is missing. */
    public DriftReport compare() {
        FitPlan plan = FitPlan.of(job);
        FitFiles.require(job);
        try (Extractor extractor = job.source().get()) {
            List<Split> splits = splits(extractor);
            FitPass pass = new PassPlanner(extractor.schema(), context())
                    .next(
                            plan.steps(),
                            rule -> rule.rule().fit().isPresent(),
                            rule -> false,
                            (rule, type) -> Drift.learner(rule.learned().orElseThrow(), type));
            PassResult current = new PassRun(job, extractor, pass, splits).run(splits.size());
            List<Drift> drifts = new ArrayList<>();
            current.learners().forEach((path, learner) -> drifts.add(Drift.of(
                    path, plan.rules().get(path).learned().orElseThrow(), learner)));
            return new DriftReport(drifts, current.extracted(), current.rejected());
        }
    }
}
