/** Engines decide where splits run; the local one runs them on threads of this process. */
package io.millrace.core.engine;
