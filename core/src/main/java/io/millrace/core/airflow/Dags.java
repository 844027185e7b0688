package io.millrace.core.airflow;

import io.millrace.api.MillraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes DAG files. The same pipelines give the same bytes, whatever their order, the machine and the day. */
public final class Dags {
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)+");

    private Dags() {}

    /**
     * A DAG for each pipeline. {@code depends_on} becomes a sensor; what one pipeline writes and another reads becomes an
     * asset, by which a pipeline without a schedule is triggered.
     *
     * @param folder of the DAG files
     * @throws MillraceException a user error that lists everything that would not do what is meant
     */
    public static List<DagFile> each(List<ScheduledPipeline> pipelines, Workers workers, Path folder) {
        PipelineGraph graph = checked(pipelines, workers, Optional.empty());
        List<DagFile> files = new ArrayList<>();
        for (ScheduledPipeline pipeline : graph.pipelines()) {
            files.add(new DagFile(fileName(pipeline.name()), new DagText(graph, workers, folder).single(pipeline)));
        }
        return files;
    }

    /**
     * One DAG of all pipelines, which have the same times: each begins when those that it depends on, and those that write
     * what it reads, have ended.
     *
     * @param project the DAG's name
     * @param folder of the DAG file
     * @throws MillraceException a user error that lists everything that would not do what is meant
     */
    public static DagFile together(String project, List<ScheduledPipeline> pipelines, Workers workers, Path folder) {
        PipelineGraph graph = checked(pipelines, workers, Optional.of(project));
        return new DagFile(fileName(project), new DagText(graph, workers, folder).project(project));
    }

    /** Dots would make a module's name of it. */
    private static String fileName(String name) {
        return name.replace('.', '_') + ".py";
    }

    private static PipelineGraph checked(List<ScheduledPipeline> pipelines, Workers workers, Optional<String> project) {
        List<String> problems = new ArrayList<>();
        project.filter(name -> !PROJECT.matcher(name).matches())
                .ifPresent(name -> problems.add("'" + name
                        + "' is not a name for a DAG; it has letters, digits, '.', '_' and '-', and begins with a"
                        + " letter or digit"));
        workers.onFailure()
                .filter(name -> !FUNCTION.matcher(name).matches())
                .ifPresent(name ->
                        problems.add("'" + name + "' is not a Python function's name; write package.module.function"));
        workers.pipelines()
                .filter(path -> !path.startsWith("/"))
                .ifPresent(path -> problems.add("'" + path
                        + "' must be an absolute path: the folder of the pipeline files where the tasks run"));
        if (workers.pipelines().isPresent()) {
            checkFileNames(pipelines, problems);
        }
        Map<String, String> files = new HashMap<>();
        Set<String> twice = new LinkedHashSet<>();
        for (ScheduledPipeline pipeline : pipelines) {
            String file = fileName(pipeline.name()).toLowerCase(Locale.ROOT);
            String other = files.put(file, pipeline.name());
            if (other != null && twice.add(file)) {
                problems.add("two pipelines are called '" + other + "'"
                        + (other.equals(pipeline.name()) ? "" : " and '" + pipeline.name() + "'")
                        + ", and their DAG files would have the same name; rename one of them");
            }
        }
        PipelineGraph graph = new PipelineGraph(pipelines);
        if (project.isPresent()) {
            graph.checkTogether(problems);
        } else {
            graph.check(problems);
        }
        if (!problems.isEmpty()) {
            throw MillraceException.user(String.join("\n", problems));
        }
        return graph;
    }

    /** On the workers they lie in one folder. */
    private static void checkFileNames(List<ScheduledPipeline> pipelines, List<String> problems) {
        Set<Path> names = new LinkedHashSet<>();
        for (ScheduledPipeline pipeline : pipelines) {
            if (pipeline.program() instanceof Program.OfFile file
                    && !names.add(file.path().getFileName())) {
                problems.add("two pipeline files are called " + file.path().getFileName()
                        + ", and workers have all of them in one folder (--files-at); rename one of them");
            }
        }
    }
}
