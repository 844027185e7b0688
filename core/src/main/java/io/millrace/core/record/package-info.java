/** Single records (maps) through the columnar transforms: for the Java API, tests and trying things out. */
package io.millrace.core.record;
