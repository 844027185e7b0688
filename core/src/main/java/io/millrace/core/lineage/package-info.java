/**
 * Column lineage: which columns of the source, and of the tables looked up in, have a part in which columns of a result. Known
 * from the bound steps, without a row.
 */
package io.millrace.core.lineage;
