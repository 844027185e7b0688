package io.millrace.core.engine;

import io.millrace.core.pipeline.SparkRunSettings;
import io.millrace.core.run.CarriedJob;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Makes an engine that is not part of core. Found by {@link java.util.ServiceLoader} where the engine is on the class path. */
public interface EngineFactory {
    /** As pipeline files name it. */
    String name();

    /**
     * Starts the engine, or connects to it; a MillraceException says why where that fails.
     *
     * @param request what is going to be run
     */
    OpenEngine open(Request request);

    /** An engine that holds something until it is closed. */
    interface OpenEngine extends BatchEngine, AutoCloseable {
        @Override
        void close();
    }

    /**
     * What an engine is started for.
     *
     * @param job what its workers make the job of
     * @param pluginFolders where its workers' plugins lie here, each a folder of jars
     * @param settings of the pipeline file
     * @param notes takes what the user should know at once, a line each
     */
    record Request(
            String name, CarriedJob job, List<Path> pluginFolders, SparkRunSettings settings, Consumer<String> notes) {}
}
