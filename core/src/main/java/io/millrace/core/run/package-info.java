/** Runs: what is to be done, whether it has been done, and what came of it. */
package io.millrace.core.run;
