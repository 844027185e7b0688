package io.millrace.engines.spark.batch;

import io.millrace.core.pipeline.Catalog;
import java.io.Serializable;

/** Where a process of the cluster finds connectors and transforms. Travels with the tasks. */
interface CatalogSource extends Serializable {
    /** Made once in a process, and kept. */
    Found find();

    /**
     * What was found.
     *
     * @param context sees the classes and resources of all plugins, for libraries that look for theirs by the thread's
     *     class loader
     */
    record Found(Catalog catalog, ClassLoader context) {}
}
