/** How fast single steps are, on batches in memory and on one thread. */
package io.millrace.bench.steps;
