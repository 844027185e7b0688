/** Records, maps of Java objects by column, and the columns that hold them: for code that thinks in rows. */
package io.millrace.core.record;
