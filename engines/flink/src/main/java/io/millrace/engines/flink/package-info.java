/**
 * Pipelines that run without end, on Flink. The official source of Kafka keeps the offsets; batches pass through the steps as
 * they do elsewhere; what comes out becomes visible in the target when the checkpoint that it belongs to is complete.
 */
package io.millrace.engines.flink;
