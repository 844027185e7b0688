/** The commands, one class each. */
package io.millrace.app.command;
