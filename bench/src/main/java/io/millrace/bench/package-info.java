/** Benchmarks of the main job against its limit and its peers. Not part of what is shipped. */
package io.millrace.bench;
