/**
 * Crash tests: real child processes that are killed at named places, at system calls or at lines of their output, to see
 * what running again makes of it.
 */
package io.millrace.testkit.crash;
