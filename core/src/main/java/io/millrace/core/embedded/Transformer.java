package io.millrace.core.embedded;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Schema;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.record.RecordMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Maps records to records, one by one or many at once. The steps of pipeline files come by {@link #of},
 * {@link #keyed} and {@link #deduplicate}; your own code is a lambda.
 *
 * <p>Within a {@link Pipeline}, steps by name run on columns. Your own code is called from several threads, and again for
 * the same row where an attempt is repeated: it must look at nothing but the record, and keep nothing.
 */
@FunctionalInterface
public interface Transformer {
    /**
     * Maps one record.
     *
     * @param record what it maps from; your own code is given a copy that it may change and return
     * @return null to leave the record out
     * @throws MillraceException a data error where a step by name rejects the record. Your own code rejects one by throwing
     *     any RuntimeException but a MillraceException of another kind, which ends the run
     */
    Map<String, Object> transform(Map<String, Object> record);

    /** Maps many records; what {@link #transform} would reject is told with the reason, and the others go on. */
    default TransformResult transformBatch(List<? extends Map<String, ?>> records) {
        List<Map<String, Object>> passed = new ArrayList<>();
        List<RejectedRecord> rejected = new ArrayList<>();
        for (Map<String, ?> given : records) {
            try {
                Map<String, Object> result = transform(new LinkedHashMap<>(given));
                if (result != null) {
                    passed.add(result);
                }
            } catch (RuntimeException refused) {
                rejected.add(new RejectedRecord(
                        name(), null, RecordMapping.reason(refused), null, new LinkedHashMap<>(given)));
            }
        }
        return new TransformResult(passed, rejected);
    }

    /** The columns that come out where these go in: as they are, unless your own code says otherwise. */
    default Schema outputSchema(Schema input) {
        return input;
    }

    /** Forgets the records seen so far. */
    default void reset() {}

    /** What reports and rejected rows call it: letters, digits, '.', '_' and '-'. */
    default String name() {
        return "code";
    }

    /**
     * A step of pipeline files, such as {@code clean}, with the settings that it has there. Outside of a pipeline, it is for
     * one thread.
     */
    static StepTransformer of(String step, Map<String, ?> settings) {
        return StepTransformer.of(Catalog.load(), step, new LinkedHashMap<>(settings));
    }

    /** Keeps the records for which this SQL condition over their columns is true, as the step {@code filter} does. */
    static StepTransformer filter(String condition) {
        return StepTransformer.of(Catalog.load(), "filter", condition);
    }

    /**
     * A step that brings records of equal key together, such as {@code sessionize}, or {@code deduplicate} with an order, with
     * the settings that it has in pipeline files. Within a pipeline it sees all rows of the run; outside of one, those of one
     * call are all there are.
     */
    static Transformer keyed(String step, Map<String, ?> settings) {
        return new KeyedTransformer(step, settings);
    }

    /**
     * Keeps one record of each key; nulls are equal. Outside of a pipeline: the first since {@link #reset}, for one thread.
     * Within a pipeline: any one of the run.
     */
    static Transformer deduplicate(String... key) {
        return new DuplicateRemover(List.of(key));
    }

    /**
     * Your own code under a name. An unfinished run is resumed only by a pipeline of the same names: change the name where
     * the code's results change.
     *
     * @param output makes the columns that come out from those that go in
     */
    static Transformer named(String name, UnaryOperator<Schema> output, Transformer code) {
        return new NamedTransformer(name, output, code);
    }

    /** Your own code under a name, with the columns that it declares itself. */
    static Transformer named(String name, Transformer code) {
        return new NamedTransformer(name, code::outputSchema, code);
    }
}
