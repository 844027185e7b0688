/**
 * The pipeline file: {@link io.millrace.core.pipeline.PipelineFile} reads it, with the connectors and transforms of a
 * {@link io.millrace.core.pipeline.Catalog}, into a {@link io.millrace.core.pipeline.PipelineDefinition}.
 */
package io.millrace.core.pipeline;
