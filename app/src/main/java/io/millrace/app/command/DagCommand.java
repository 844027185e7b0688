package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.MillraceException;
import io.millrace.core.airflow.DagFile;
import io.millrace.core.airflow.DagFolder;
import io.millrace.core.airflow.Dags;
import io.millrace.core.airflow.ScheduledPipeline;
import io.millrace.core.airflow.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace dag}. */
@Command(
        name = "dag",
        description =
                "Write DAG files for Airflow 2.10 and 3, which run pipelines as their files' schedule says. The same files"
                        + " give the same DAGs, on every machine.",
        footer = {
            "",
            "Examples:",
            "  millrace dag pipelines/*.yaml --out dags",
            "  millrace dag pipelines/*.yaml --out dags --check      exit code 1 where they are stale",
            "  millrace dag pipelines/*.yaml --out dags --project reco"
        })
public final class DagCommand implements Callable<Integer>, Reported {
    private static final int STALE = 1;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The pipeline files, all that belong together.")
    private List<Path> files;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder of the DAG files.")
    private Path out;

    @Option(names = "--check", description = "Write nothing; exit with 1 where a file is missing, stale or left over.")
    private boolean check;

    @Option(names = "--prune", description = "Remove generated DAG files of other pipelines from the folder.")
    private boolean prune;

    @Option(names = "--project", paramLabel = "NAME", description = "One DAG of all pipelines instead of one each.")
    private String project;

    @Option(
            names = "--command",
            paramLabel = "PATH",
            defaultValue = "millrace",
            description = "The command on Airflow's workers (default: ${DEFAULT-VALUE}).")
    private String command;

    @Option(
            names = "--files-at",
            paramLabel = "DIR",
            description = "Where workers have the pipeline files (default: as seen from the DAG file here).")
    private String filesAt;

    @Option(
            names = "--on-failure",
            paramLabel = "FUNCTION",
            description = "A Python function, package.module.function, to call when a run has failed.")
    private String onFailure;

    @Mixin
    private SparkSubmitOptions spark;

    @Mixin
    private PluginOption plugins;

    @Mixin
    private OutputOptions output;

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() {
        if (prune && check) {
            throw MillraceException.user("--prune removes files, and --check changes nothing; give one of the two");
        }
        Workers workers =
                new Workers(command, Optional.ofNullable(filesAt), spark.submit(), Optional.ofNullable(onFailure));
        List<ScheduledPipeline> pipelines = new ArrayList<>();
        for (Path file : files) {
            pipelines.add(ScheduledFile.read(file, plugins));
        }
        List<DagFile> dags = project == null
                ? Dags.each(pipelines, workers, out)
                : List.of(Dags.together(project, pipelines, workers, out));
        DagFolder folder = new DagFolder(out);
        DagFolder.Difference difference = check ? folder.compare(dags) : folder.write(dags);
        if (prune && !check) {
            folder.remove(difference.extra());
        }
        if (output.json()) {
            output.print(json(difference, dags.size()));
        } else {
            print(difference, dags.size());
        }
        return check && !difference.none() ? STALE : 0;
    }

    private void print(DagFolder.Difference difference, int all) {
        difference.missing().forEach(file -> System.out.println(file + (check ? ": is missing" : ": written")));
        difference.stale().forEach(file -> System.out.println(file + (check ? ": is stale" : ": written anew")));
        for (Path file : difference.extra()) {
            System.out.println(file
                    + (check
                            ? ": belongs to none of these pipelines"
                            : prune ? ": removed" : ": belongs to none of these pipelines; --prune removes it"));
        }
        int same = all - difference.missing().size() - difference.stale().size();
        if (same > 0) {
            System.out.println(same + (same == 1 ? " DAG file is" : " DAG files are") + " as it should be");
        }
        if (check && !difference.none()) {
            System.err.println(
                    "error: the DAG files are not those of the pipeline files; run the same without --check");
        }
    }

    private static ObjectNode json(DagFolder.Difference difference, int all) {
        ObjectNode json = new ObjectMapper().createObjectNode().put("dags", all);
        names(json.putArray("missing"), difference.missing());
        names(json.putArray("stale"), difference.stale());
        names(json.putArray("extra"), difference.extra());
        return json.put("current", difference.none());
    }

    private static void names(ArrayNode list, List<Path> files) {
        files.forEach(file -> list.add(file.toString()));
    }
}
