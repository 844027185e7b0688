package io.millrace.core.plugin;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.Transform;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.reject.LeftOut;

/**
 * A transform of somebody else's, held to the contract of transforms: every row is passed on, rejected or counted as left out,
 * and batches have the schema that was declared. What goes wrong names the class at fault.
 */
public record GuardedTransform(Transform code, String className, Plugin plugin) implements Transform {
    @Override
    public BoundTransform bind(Schema input, BindContext context) {
        BoundTransform bound = guarded(() -> code.bind(input, context));
        if (bound == null || bound.output() == null) {
            throw broken("bind returned " + (bound == null ? "null" : "a transform whose output is null"), null);
        }
        return new Bound(bound);
    }

    private interface Call<T> {
        T perform();
    }

    private <T> T guarded(Call<T> call) {
        try {
            return call.perform();
        } catch (MillraceException understood) {
            throw understood;
        } catch (RuntimeException | LinkageError | StackOverflowError failed) {
            throw broken("threw " + failed, failed);
        }
    }

    private MillraceException broken(String problem, Throwable cause) {
        return new MillraceException(
                ErrorKind.INTERNAL, className + " " + problem + "; this is a defect of that class", cause);
    }

    private final class Bound implements BoundTransform {
        private final BoundTransform bound;
        private final Schema output;

        Bound(BoundTransform bound) {
            this.bound = bound;
            this.output = bound.output();
        }

        @Override
        public Schema output() {
            return output;
        }

        @Override
        public Batch apply(Batch input, Rejects rejects) {
            LeftOut counted = new LeftOut(rejects);
            Batch result = guarded(() -> bound.apply(input, counted));
            if (result == null) {
                throw broken("returned null instead of a batch", null);
            }
            if (!result.schema().equals(output)) {
                throw broken("returned columns " + result.schema() + ", having declared " + output, null);
            }
            if (result.rowCount() + counted.rows() != input.rowCount()) {
                throw broken(
                        "was given " + input.rowCount() + " rows, and returned " + result.rowCount() + " and left out "
                                + counted.rows() + " (rejected, filtered): every row must be one of these",
                        null);
            }
            if (result.rowCount() > 0
                    && result.origin().isEmpty()
                    && input.origin().isPresent()) {
                throw broken("lost the origin of its rows: make batches by withColumns or select", null);
            }
            return result;
        }

        @Override
        public void close() {
            bound.close();
        }
    }
}
