/**
 * Feature views without end, whatever engine runs them: events are counted in tiles as they come, and the values of an entity
 * are given out when they change, the same to the last bit as a batch run's as of the same time.
 */
package io.millrace.features.stream;
