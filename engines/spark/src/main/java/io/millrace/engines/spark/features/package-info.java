/** Feature views and keyed steps on Spark: Spark reads, shuffles, sorts and writes, our measures compute. */
package io.millrace.engines.spark.features;
