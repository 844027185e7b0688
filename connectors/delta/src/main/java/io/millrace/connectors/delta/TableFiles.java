package io.millrace.connectors.delta;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.millrace.api.Lineage;
import io.millrace.formats.parquet.partitioned.SafeName;
import io.millrace.storage.Storage;

/**
 * The places of a table. The data files of a lineage lie together, so that what it has staged can be listed without listing
 * the table; what is not data lies under {@code .millrace}, which readers and VACUUM skip.
 *
 * @param engine Delta Kernel over the same storage
 */
record TableFiles(Storage storage, Engine engine) {
    static final String DATA = "millrace/";
    static final String PRIVATE = ".millrace/";
    static final String LOG = "_delta_log/";

    static TableFiles of(Storage storage) {
        return new TableFiles(storage, DefaultEngine.create(new StorageFileIo(storage)));
    }

    /** As Kernel and messages name the table. */
    String root() {
        return storage.root();
    }

    /** Begins the keys of a lineage's data files. */
    static String data(Lineage lineage) {
        return DATA + name(lineage) + "/";
    }

    /** Begins the keys of a lineage's fences. */
    static String fences(Lineage lineage) {
        return PRIVATE + "fence/" + name(lineage) + "/";
    }

    private static String name(Lineage lineage) {
        return SafeName.of(lineage.pipeline()) + "~" + SafeName.of(lineage.id());
    }
}
