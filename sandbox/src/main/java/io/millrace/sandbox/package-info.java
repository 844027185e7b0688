/**
 * Real servers and generated data for the demo, the tests and the benchmarks: an embedded PostgreSQL and a
 * deterministic generator of behaviour events that knows what a correct pipeline makes of them.
 */
package io.millrace.sandbox;
