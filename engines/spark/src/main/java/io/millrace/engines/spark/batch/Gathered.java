package io.millrace.engines.spark.batch;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** The outcomes of a task as its one result. */
final class Gathered extends AbstractFunction2<TaskContext, Iterator<byte[]>, byte[][]> implements Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public byte[][] apply(TaskContext task, Iterator<byte[]> outcomes) {
        List<byte[]> gathered = new ArrayList<>();
        while (outcomes.hasNext()) {
            gathered.add(outcomes.next());
        }
        return gathered.toArray(byte[][]::new);
    }
}
