package io.millrace.core.pipeline;

import io.millrace.core.config.Place;
import io.millrace.core.keyed.KeyedStep;
import io.millrace.core.transform.Deduplicate;
import io.millrace.core.transform.aggregate.Aggregate;
import io.millrace.core.transform.sessionize.Sessionize;
import java.util.LinkedHashMap;
import java.util.Map;

/** The steps that no plugin can add, because every engine must know them: name in the file and settings. */
public final class BuiltInSteps {
    private static final Map<String, Class<? extends KeyedStep>> SETTINGS = settings();

    private BuiltInSteps() {}

    private static Map<String, Class<? extends KeyedStep>> settings() {
        Map<String, Class<? extends KeyedStep>> steps = new LinkedHashMap<>();
        steps.put(Deduplicate.NAME, Deduplicate.class);
        steps.put(Sessionize.NAME, Sessionize.class);
        steps.put(Aggregate.NAME, Aggregate.class);
        return steps;
    }

    /** The settings records by name; each is the step itself. */
    public static Map<String, Class<? extends KeyedStep>> all() {
        return SETTINGS;
    }

    static StepDefinition define(String name, Object settings, Place place) {
        if (settings instanceof Deduplicate deduplicate && deduplicate.anyRow()) {
            return new StepDefinition.ClaimStep(name, name, deduplicate, place);
        }
        return new StepDefinition.KeyedStep(name, name, (KeyedStep) settings, place);
    }
}
