package io.millrace.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import io.millrace.core.lineage.ColumnLineage;
import io.millrace.core.reject.RejectWriter;
import io.millrace.core.transform.deduplicate.Ticket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the lineage of random steps says that a source column has no part in a result, other values of it change nothing. */
class LineagePropertyTest {
    private static final int PIPELINES = Integer.getInteger("millrace.lineages", 80);

    @TempDir
    Path folder;

    private int files;

    @Test
    void whatHasNoPartInAColumnDoesNotChangeIt() {
        int compared = 0;
        int changed = 0;
        for (long seed = 0; seed < PIPELINES; seed++) {
            Random random = new Random(seed);
            RandomSteps steps = new RandomSteps(random);
            StepChain chain = steps.chain(1 + random.nextInt(5));
            ColumnLineage lineage = chain.lineage();
            List<Map<String, Object>> rows = RandomSteps.rows(random);
            Map<String, List<String>> before = run(chain, rows);
            for (String source : RandomSteps.SOURCE.names()) {
                Map<String, List<String>> after = run(chain, RandomSteps.changed(random, rows, source));
                for (String column : chain.output().names()) {
                    boolean part = lineage.origins(column).contains(new io.millrace.core.lineage.Origin.Input(source));
                    boolean same = before.get(column).equals(after.get(column));
                    changed += same ? 0 : 1;
                    if (!part) {
                        compared++;
                        assertThat(after.get(column))
                                .as("seed %d: %s changes %s in %s", seed, source, column, steps)
                                .isEqualTo(before.get(column));
                    }
                }
            }
        }
        assertThat(compared).as("a lineage that names everything would pass").isGreaterThan(5 * PIPELINES);
        assertThat(changed).as("changes that show").isGreaterThan(5 * PIPELINES);
    }

    /** The values of each column of the result, sorted. */
    private Map<String, List<String>> run(StepChain chain, List<Map<String, Object>> rows) {
        Schema source = chain.source();
        BatchBuilder builder = new BatchBuilder(source);
        rows.forEach(builder::appendRecord);
        List<Ticket> tickets = chain.newClaimTables(0).stream()
                .map(table -> table.open("s", 1))
                .toList();
        try (BoundChain bound = chain.bind(tickets);
                RejectWriter rejects = new RejectWriter(folder.resolve("rejects-" + files++), "run")) {
            Batch result = builder.build(Origin.of("s", 0));
            for (int step = 0; step < chain.steps().size(); step++) {
                result = bound.apply(step, result, rejects);
            }
            Map<String, List<String>> values = new HashMap<>();
            for (String name : chain.output().names()) {
                List<String> column = new ArrayList<>();
                for (int row = 0; row < result.rowCount(); row++) {
                    column.add(String.valueOf(result.column(name).value(row)));
                }
                values.put(name, column.stream().sorted().toList());
            }
            return values;
        }
    }

    @Test
    void theGeneratorKnowsEveryStep() {
        TreeSet<String> seen = new TreeSet<>();
        for (long seed = 0; seed < 40; seed++) {
            try {
                new RandomSteps(new Random(seed)).chain(4).steps().forEach(step -> seen.add(step.name()));
            } catch (MillraceException unfit) {
                throw new AssertionError("seed " + seed, unfit);
            }
        }
        assertThat(seen)
                .containsExactly(
                        "aggregate",
                        "check",
                        "clean",
                        "deduplicate",
                        "derive",
                        "enrich",
                        "filter",
                        "normalize",
                        "sessionize");
    }
}
