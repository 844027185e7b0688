/** Plugins made from sources on the fly, for tests of what loads them. */
package io.millrace.testkit.plugin;
