/** Guesses a pipeline file from a source: what it holds, of which types, by which key and time. */
package io.millrace.app.init;
