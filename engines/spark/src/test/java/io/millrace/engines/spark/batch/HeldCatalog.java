package io.millrace.engines.spark.batch;

import io.millrace.core.pipeline.Catalog;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A catalog of the test's process, for tasks in the same process. */
record HeldCatalog(String name) implements CatalogSource {
    private static final Map<String, Catalog> HELD = new ConcurrentHashMap<>();

    static HeldCatalog of(Catalog catalog) {
        String name = UUID.randomUUID().toString();
        HELD.put(name, catalog);
        return new HeldCatalog(name);
    }

    @Override
    public Found find() {
        return new Found(HELD.get(name), HeldCatalog.class.getClassLoader());
    }
}
