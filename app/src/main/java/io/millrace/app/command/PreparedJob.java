package io.millrace.app.command;

import io.millrace.core.pipeline.RunSettings;
import io.millrace.core.run.CarriedJob;
import io.millrace.core.run.Job;
import java.nio.file.Path;
import java.util.List;

/**
 * A job and what an engine of other processes needs to make it anew.
 *
 * @param pluginFolders where plugins lie, each a folder of jars
 */
record PreparedJob(Job job, RunSettings run, CarriedJob carried, List<Path> pluginFolders) {}
