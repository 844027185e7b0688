package io.millrace.connectors.postgres;

import io.millrace.api.StagingLoader;
import io.millrace.api.WriteMode;
import io.millrace.testkit.loader.StagingLoaderContract;
import java.util.List;
import java.util.Map;

class PostgresStagingLoaderContractTest extends StagingLoaderContract {
    private final TargetUnderTest target = TargetUnderTest.fresh();

    @Override
    protected StagingLoader loader(WriteMode mode, List<String> partitionBy) {
        return target.mode(new Overwrite()).staging();
    }

    @Override
    protected List<Map<String, Object>> visible() {
        return target.visible();
    }

    @Override
    protected List<WriteMode> modes() {
        return List.of(WriteMode.OVERWRITE);
    }

    @Override
    protected boolean partitions() {
        return false;
    }

    @Override
    protected int leftovers() {
        return target.tables().stream()
                .filter(table -> table.startsWith("millrace.stage_"))
                .mapToInt(table -> target.query("SELECT DISTINCT _millrace_attempt FROM " + table)
                        .size())
                .sum();
    }

    @Override
    protected String secret() {
        return target.database().password();
    }
}
