/**
 * Deduplication by key, any row of equal keys, across workers, failed attempts and crashes.
 * {@link io.millrace.core.transform.deduplicate.ClaimTable} says how; docs/transforms/deduplicate.md says what a user sees.
 */
package io.millrace.core.transform.deduplicate;
