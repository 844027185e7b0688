/**
 * Numbers for monitoring: sums over the runs of each pipeline on this machine, kept in a small file beside the ledger, and
 * written as Prometheus reads them.
 */
package io.millrace.core.metrics;
