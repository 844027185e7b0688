/**
 * {@code millrace fit}: reads a pipeline's source through the steps before each {@code normalize}, learns the parameters that
 * its fit files are to hold, and compares what they hold with the data of today.
 */
package io.millrace.core.fit;
