package io.millrace.engines.spark.batch;

import java.util.List;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Passes the result of a task on; Spark gives one for each partition, whichever of its attempts was first. */
final class HandOver extends AbstractFunction2<Object, byte[][], BoxedUnit> {
    private final OutcomeDesk desk;

    HandOver(OutcomeDesk desk) {
        this.desk = desk;
    }

    @Override
    public BoxedUnit apply(Object partition, byte[][] outcomes) {
        desk.take(List.of(outcomes));
        return BoxedUnit.UNIT;
    }
}
