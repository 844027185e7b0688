/** The command line: the only room where everything meets. */
package io.millrace.app;
