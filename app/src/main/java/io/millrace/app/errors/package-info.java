/** The catalogue of errors: what is usually behind a message, and what mends it. */
package io.millrace.app.errors;
