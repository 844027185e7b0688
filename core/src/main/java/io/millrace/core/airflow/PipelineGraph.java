package io.millrace.core.airflow;

import io.millrace.core.pipeline.ScheduleSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Pipelines and what they wait for: by {@code depends_on}, and by reading what another one writes. Immutable. */
final class PipelineGraph {
    private final Map<String, ScheduledPipeline> byName = new TreeMap<>();

    /** @param pipelines of different names */
    PipelineGraph(List<ScheduledPipeline> pipelines) {
        pipelines.forEach(pipeline -> byName.put(pipeline.name(), pipeline));
    }

    /** In the order of their names. */
    List<ScheduledPipeline> pipelines() {
        return List.copyOf(byName.values());
    }

    /** Those that must have finished the same interval. */
    List<String> dependencies(ScheduledPipeline pipeline) {
        return pipeline.schedule().map(ScheduleSettings::dependsOn).orElse(List.of()).stream()
                .distinct()
                .sorted()
                .toList();
    }

    /** Those that write what this one reads. */
    List<String> producers(ScheduledPipeline pipeline) {
        return byName.values().stream()
                .filter(other -> other != pipeline && pipeline.reads(other))
                .map(ScheduledPipeline::name)
                .toList();
    }

    /** Those whose end begins a run of this one: it has no times of its own. */
    List<String> triggers(ScheduledPipeline pipeline) {
        return pipeline.schedule().isPresent() ? List.of() : producers(pipeline);
    }

    /** Within one DAG: all that must come before. */
    List<String> predecessors(ScheduledPipeline pipeline) {
        Set<String> all = new LinkedHashSet<>(dependencies(pipeline));
        all.addAll(producers(pipeline));
        return all.stream().sorted().toList();
    }

    /** Adds what is wrong between pipelines that are DAGs of their own, a line each. */
    void check(List<String> problems) {
        for (ScheduledPipeline pipeline : byName.values()) {
            ScheduleRules.check(pipeline, !triggers(pipeline).isEmpty(), problems);
            for (String dependency : dependencies(pipeline)) {
                checkDependency(pipeline, dependency, problems);
            }
        }
        if (problems.isEmpty()) {
            Map<String, List<String>> waits = new LinkedHashMap<>();
            byName.values().forEach(pipeline -> {
                List<String> before = new ArrayList<>(dependencies(pipeline));
                before.addAll(triggers(pipeline));
                waits.put(pipeline.name(), before);
            });
            refuseCycle(waits, problems);
        }
    }

    /** Adds what is wrong where all are one DAG, a line each. */
    void checkTogether(List<String> problems) {
        check(problems);
        ScheduledPipeline first = null;
        for (ScheduledPipeline pipeline : byName.values()) {
            if (pipeline.schedule().isEmpty()) {
                if (producers(pipeline).isEmpty()) {
                    problems.add("pipeline '" + pipeline.name()
                            + "' has no schedule and reads nothing that another one writes, so it has no place in a"
                            + " common DAG; give it a schedule, or leave --project out");
                }
            } else if (first == null) {
                first = pipeline;
            } else if (!sameTimes(pipeline.schedule().get(), first.schedule().orElseThrow())) {
                problems.add("pipelines '" + first.name() + "' and '" + pipeline.name()
                        + "' have different schedules (cron, timezone, start, catchup), and a DAG has one; make them"
                        + " equal, or leave --project out");
            }
        }
        if (problems.isEmpty()) {
            Map<String, List<String>> waits = new LinkedHashMap<>();
            byName.values().forEach(pipeline -> waits.put(pipeline.name(), predecessors(pipeline)));
            refuseCycle(waits, problems);
        }
    }

    private void checkDependency(ScheduledPipeline pipeline, String dependency, List<String> problems) {
        String name = "pipeline '" + pipeline.name() + "': schedule.depends_on names '" + dependency + "', ";
        ScheduleSettings own = pipeline.schedule().orElseThrow();
        ScheduledPipeline other = byName.get(dependency);
        if (other == null) {
            problems.add(name + "which is not among the pipelines given here (" + String.join(", ", byName.keySet())
                    + "); name its file too");
        } else if (other == pipeline) {
            problems.add(name + "which is itself; take it out");
        } else if (other.schedule().isEmpty()) {
            problems.add(name + "which has no schedule and so no intervals to wait for; give it the same cron");
        } else if (!sameIntervals(own, other.schedule().get())) {
            problems.add(name + "which has other intervals ('"
                    + other.schedule().get().cron() + "' in "
                    + other.schedule().get().timezone() + ", here '" + own.cron() + "' in " + own.timezone()
                    + "), so the same one never comes; give both the same cron and timezone");
        } else if (own.catchup() && !covers(other.schedule().get(), own)) {
            problems.add(name + "which does not catch up all intervals that this one does, so some would be waited for"
                    + " in vain; give it catchup: true and a start that is not later");
        }
    }

    private static boolean covers(ScheduleSettings other, ScheduleSettings own) {
        return other.catchup()
                && other.start().isPresent()
                && own.start().isPresent()
                && !other.start().get().isAfter(own.start().get());
    }

    private static boolean sameIntervals(ScheduleSettings one, ScheduleSettings two) {
        return fields(one).equals(fields(two))
                && one.timezone().normalized().equals(two.timezone().normalized());
    }

    private static boolean sameTimes(ScheduleSettings one, ScheduleSettings two) {
        return sameIntervals(one, two) && one.start().equals(two.start()) && one.catchup() == two.catchup();
    }

    private static List<String> fields(ScheduleSettings schedule) {
        return List.of(schedule.cron().strip().split("\\s+"));
    }

    private static void refuseCycle(Map<String, List<String>> waits, List<String> problems) {
        Set<String> free = new LinkedHashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, List<String>> entry : waits.entrySet()) {
                more |= free.containsAll(entry.getValue()) && free.add(entry.getKey());
            }
        }
        List<String> stuck =
                waits.keySet().stream().filter(name -> !free.contains(name)).toList();
        if (!stuck.isEmpty()) {
            problems.add("pipelines wait for each other in a circle, by depends_on or by reading what another one"
                    + " writes: " + String.join(", ", stuck) + "; give one of them a schedule of its own");
        }
    }
}
