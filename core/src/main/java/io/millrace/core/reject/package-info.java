/** Rejected rows: written with their reason as JSON lines, staged with the piece they belong to, and read back. */
package io.millrace.core.reject;
