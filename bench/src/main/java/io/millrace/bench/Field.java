package io.millrace.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who competes. */
final class Field {
    static final String PSQL = "psql, COPY BINARY to nowhere";
    static final String PSQL_TWO = "psql, two connections";
    static final String TEXTBOOK = "textbook: cursor, map per row, ParquetWriter";
    static final String SPARK = "Spark 3.5.9 local[2]";
    static final String ON_SPARK = "Millrace on Spark 3.5.9 local[2]";
    static final String ONE_WORKER = "Millrace, one worker, whole process";
    static final String ONE_WORKER_WARM = "Millrace, one worker, warm";
    static final String TWO_WORKERS = "Millrace, two workers, whole process";
    static final String TWO_WORKERS_WARM = "Millrace, two workers, warm";

    private final Programs programs;
    private final Workload workload;

    Field(Programs programs, Workload workload) {
        this.programs = programs;
        this.workload = workload;
    }

    List<Contestant> all() {
        List<Contestant> all = new ArrayList<>();
        if (Programs.isInstalled("psql")) {
            all.add(limit(PSQL, psql(1)));
            all.add(limit(PSQL_TWO, psql(2)));
        }
        all.add(limit("JDBC driver drained, whole process", drained(1, 1)));
        all.add(limit("JDBC driver drained, two connections, whole process", drained(2, 1)));
        all.add(warmLimit("JDBC driver drained, warm", drained(1, 2)));
        all.add(warmLimit("JDBC driver drained, two connections, warm", drained(2, 2)));
        all.add(cold(ONE_WORKER, 1));
        all.add(warm(ONE_WORKER_WARM, 1));
        all.add(cold(TWO_WORKERS, 2));
        all.add(warm(TWO_WORKERS_WARM, 2));
        all.add(new Contestant(
                TEXTBOOK,
                Contestant.Timing.WHOLE_PROCESS,
                Contestant.Outcome.CLEAN_ROWS,
                folder -> programs.plain(Textbook.class, lake(folder))));
        if (programs.hasSpark()) {
            all.add(new Contestant(
                    SPARK,
                    Contestant.Timing.WHOLE_PROCESS,
                    Contestant.Outcome.CLEAN_ROWS,
                    folder -> programs.spark("SparkJob", lake(folder))));
            all.add(new Contestant(
                    ON_SPARK,
                    Contestant.Timing.WHOLE_PROCESS,
                    Contestant.Outcome.CLEAN_ROWS,
                    folder -> programs.millrace(workload.pipeline(folder, true), onSpark(folder))));
        }
        return all;
    }

    static String lake(Path folder) {
        return folder.resolve("lake").toString();
    }

    private Contestant cold(String name, int workers) {
        return new Contestant(
                name,
                Contestant.Timing.WHOLE_PROCESS,
                Contestant.Outcome.CLEAN_ROWS,
                folder -> programs.millrace(workload.pipeline(folder, true), workload.overrides(folder, workers)));
    }

    private List<String> onSpark(Path folder) {
        List<String> overrides = new ArrayList<>(workload.overrides(folder, 2));
        overrides.addAll(List.of("run.engine=spark", "run.spark.master=local[2]"));
        return overrides;
    }

    private Contestant warm(String name, int workers) {
        return new Contestant(name, Contestant.Timing.WARM, Contestant.Outcome.CLEAN_ROWS, folder -> {
            List<String> arguments =
                    new ArrayList<>(List.of(workload.pipeline(folder, true).toString(), "2"));
            // Each repetition writes beside its own copy of the pipeline file; the last one's output is judged.
            arguments.addAll(workload.overrides(Path.of(""), workers));
            return programs.onLauncher(RepeatedRun.class, arguments.toArray(String[]::new));
        });
    }

    private static Contestant limit(String name, List<String> command) {
        return new Contestant(name, Contestant.Timing.WHOLE_PROCESS, Contestant.Outcome.DRAINED, folder -> command);
    }

    private static Contestant warmLimit(String name, List<String> command) {
        return new Contestant(name, Contestant.Timing.WARM, Contestant.Outcome.DRAINED, folder -> command);
    }

    private List<String> psql(int connections) {
        List<String> copies = workload.copies(connections);
        StringBuilder script = new StringBuilder();
        for (String copy : copies) {
            script.append("psql -X -q -v ON_ERROR_STOP=1 -c \"").append(copy).append("\" > /dev/null & ");
            script.append("p").append(copies.indexOf(copy)).append("=$!; ");
        }
        for (int i = 0; i < connections; i++) {
            script.append("wait $p").append(i).append(" || exit 1; ");
        }
        return List.of("/bin/sh", "-c", script.toString());
    }

    private List<String> drained(int connections, int times) {
        return programs.onLauncher(DrainedDriver.class, Integer.toString(connections), Integer.toString(times));
    }
}
