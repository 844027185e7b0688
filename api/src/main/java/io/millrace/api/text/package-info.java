/**
 * What text says: numbers, dates and times, read from UTF-8 bytes without objects. Formats and transforms share it, so that
 * a text means the same value wherever it is converted.
 */
package io.millrace.api.text;
