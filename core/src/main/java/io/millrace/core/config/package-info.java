/**
 * From the text of a configuration file to settings records: {@link io.millrace.core.config.YamlReader} makes a tree with
 * positions, {@link io.millrace.core.config.Overrides} edits it, {@link io.millrace.core.config.Interpolator} fills in
 * references, {@link io.millrace.core.config.Binder} makes records. What a record accepts is told by its
 * {@link io.millrace.core.config.Shape}, from which the JSON Schema comes too. Everything that is wrong is collected in
 * {@link io.millrace.core.config.Problems} and told at once.
 */
package io.millrace.core.config;
