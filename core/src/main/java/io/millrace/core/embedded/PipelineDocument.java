package io.millrace.core.embedded;

import io.millrace.api.Connector;
import io.millrace.api.Secret;
import io.millrace.api.TransformFactory;
import io.millrace.core.config.Environment;
import io.millrace.core.pipeline.BuiltInSteps;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineDefinition;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.run.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Java pipeline as the content of a pipeline file, so that it is checked, labelled, fingerprinted and run as one. Code
 * becomes a transform that this pipeline's catalog alone knows.
 */
final class PipelineDocument {
    private PipelineDocument() {}

    static Job job(
            Source source,
            String sourceName,
            Target target,
            String targetName,
            List<? extends Transformer> transformers,
            PipelineOptions options) {
        return Job.of(definition(source, sourceName, target, targetName, transformers, options), List.of());
    }

    static PipelineDefinition definition(
            Source source,
            String sourceName,
            Target target,
            String targetName,
            List<? extends Transformer> transformers,
            PipelineOptions options) {
        Map<String, TransformFactory<?>> factories = new LinkedHashMap<>();
        List<Map<String, Object>> steps = steps(transformers, factories);
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("batch_rows", options.batchSize());
        run.put("max_error_rate", options.errorThreshold());
        options.parallelism().ifPresent(workers -> run.put("parallelism", workers));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("pipeline", options.name().orElseGet(() -> DefaultName.of(sourceName, targetName)));
        document.put("extract", Map.of(source.connector().name(), literal(source.settingsFor(sourceName))));
        document.put("transform", steps);
        document.put("load", Map.of(target.connector().name(), literal(target.settingsFor(targetName))));
        document.put("run", run);
        return PipelineFile.ofMap(
                        document,
                        Optional.empty(),
                        new Environment(Map.of(), options.directory()),
                        Catalog.of(connectors(source, target, transformers), List.copyOf(factories.values())))
                .definition();
    }

    private static List<Connector> connectors(Source source, Target target, List<? extends Transformer> transformers) {
        Map<String, Connector> byName = new LinkedHashMap<>();
        for (Transformer transformer : transformers) {
            if (transformer instanceof StepTransformer step) {
                byName.putAll(step.catalog().connectors());
            }
        }
        byName.put(target.connector().name(), target.connector());
        byName.put(source.connector().name(), source.connector());
        return List.copyOf(byName.values());
    }

    private static List<Map<String, Object>> steps(
            List<? extends Transformer> transformers, Map<String, TransformFactory<?>> factories) {
        for (Transformer transformer : transformers) {
            if (transformer instanceof StepTransformer step) {
                factories.put(step.name(), step.factory());
            }
        }
        List<Map<String, Object>> steps = new ArrayList<>();
        for (Transformer transformer : transformers) {
            if (transformer instanceof StepTransformer step) {
                steps.add(Map.of(step.name(), literal(step.settings())));
            } else if (transformer instanceof KeyedTransformer keyed) {
                steps.add(Map.of(keyed.name(), literal(keyed.settings())));
            } else if (transformer instanceof DuplicateRemover remover) {
                steps.add(Map.of(remover.name(), Map.of("key", literal(remover.key()))));
            } else {
                String name = free(transformer.name(), factories);
                factories.put(name, new CodeStep(name, transformer));
                steps.add(Map.of(name, Map.of()));
            }
        }
        return steps;
    }

    private static String free(String name, Map<String, TransformFactory<?>> factories) {
        String free = name;
        for (int i = 2; factories.containsKey(free) || BuiltInSteps.all().containsKey(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    /** A pipeline file fills references in; Java values mean what they say. */
    private static Object literal(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> literals = new LinkedHashMap<>();
            map.forEach((key, below) -> literals.put(key, literal(below)));
            return literals;
        } else if (value instanceof List<?> list) {
            List<Object> literals = new ArrayList<>();
            list.forEach(item -> literals.add(literal(item)));
            return literals;
        } else if (value instanceof Secret secret) {
            return literal(secret.reveal());
        }
        return value instanceof String text ? text.replace("${", "$${") : value;
    }
}
