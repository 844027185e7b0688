package io.millrace.bench;

/**
 * What one process took.
 *
 * @param wallSeconds of the whole process, or of the part it measured itself
 * @param cpuSeconds user and system, of the process and its children, without the database server's; or of that part
 * @param peakMegabytes the greatest resident memory of the process (of the greatest one, where it had children)
 * @param rows what came out
 */
record Measurement(double wallSeconds, double cpuSeconds, double peakMegabytes, long rows) {}
