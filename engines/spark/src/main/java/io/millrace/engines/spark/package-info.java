/**
 * Millrace on Spark. So far: expressions as Spark SQL that yields what our own kernels yield, to the bit
 * ({@link io.millrace.engines.spark.SparkExpression}).
 */
package io.millrace.engines.spark;
