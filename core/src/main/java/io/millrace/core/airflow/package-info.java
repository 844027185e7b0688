/** Pipelines as DAG files of Apache Airflow: one text that loads on Airflow 2.10 and 3, the same for the same pipelines. */
package io.millrace.core.airflow;
