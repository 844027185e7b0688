/** Brings rows of equal key together: files of partial rows by bucket, which outlive a crash as any piece does. */
package io.millrace.core.exchange;
