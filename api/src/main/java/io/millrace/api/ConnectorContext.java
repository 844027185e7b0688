package io.millrace.api;

import java.nio.file.Path;

/**
 * What a connector is given by whoever runs it.
 *
 * @param directory where the pipeline file lies: relative paths in settings are resolved against it
 * @param retry the policy for calls below the level of a split
 */
public record ConnectorContext(Path directory, RetryPolicy retry) {}
