/** What a run looks like while it works and afterwards: progress, kept in a small file for whoever watches. */
package io.millrace.core.progress;
