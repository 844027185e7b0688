/**
 * Pipelines as Spark jobs: each split is a task, which reads, transforms and writes by the same code as the local engine's
 * workers; rows of equal key meet by Spark's shuffle. Ledger, fence and commit stay with the driver.
 */
package io.millrace.engines.spark.batch;
