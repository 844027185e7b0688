/**
 * Rows of other tables for the rows of a run: a table read whole once per run into a file that all workers, retries and
 * resumes share, or a server asked key by key through a cache.
 */
package io.millrace.core.lookup;
