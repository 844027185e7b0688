package io.millrace.app.command;

import io.millrace.api.MillraceException;
import io.millrace.core.engine.BatchEngine;
import io.millrace.core.engine.EngineFactory;
import io.millrace.core.engine.EngineFactory.OpenEngine;
import io.millrace.core.engine.LocalEngine;
import io.millrace.core.engine.RunWork;
import io.millrace.core.pipeline.Engine;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.run.Job;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** The engines of this process. Spark is one only where its libraries are on the class path. */
final class Engines {
    private Engines() {}

    /** True where another process has to be started for this engine. */
    static boolean elsewhere(Engine engine) {
        return engine != Engine.LOCAL && factory(engine).isEmpty();
    }

    private static Optional<EngineFactory> factory(Engine engine) {
        return ServiceLoader.load(EngineFactory.class, EngineFactory.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.name().equals(engine.label()))
                .findFirst();
    }

    /** Starts the engine that a pipeline asks for. */
    static OpenEngine open(PreparedJob prepared, Consumer<String> notes) {
        Engine engine = prepared.run().engine();
        if (engine == Engine.LOCAL) {
            return new InThisProcess(new LocalEngine());
        }
        return factory(engine)
                .orElseThrow(() -> MillraceException.user("the engine " + engine.label()
                        + " is not on this class path; start the pipeline by the command millrace, or by spark-submit"))
                .open(new EngineFactory.Request(
                        prepared.job().pipeline(),
                        prepared.carried(),
                        prepared.pluginFolders(),
                        prepared.run().spark(),
                        notes));
    }

    /** One that holds nothing. */
    record InThisProcess(BatchEngine engine) implements OpenEngine {
        @Override
        public void execute(RunWork work) {
            engine.execute(work);
        }

        @Override
        public List<StepDefinition> adapted(List<StepDefinition> steps) {
            return engine.adapted(steps);
        }

        @Override
        public boolean keepsExchanged() {
            return engine.keepsExchanged();
        }

        @Override
        public int parallelism(Job.Options options) {
            return engine.parallelism(options);
        }

        @Override
        public void close() {
            // Its workers end with the run.
        }
    }
}
