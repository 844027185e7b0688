/** How runs look: progress, reports and tables on a terminal, lines and JSON elsewhere. */
package io.millrace.app.console;
