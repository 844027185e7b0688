/** Checks whether this machine, its state folder and the servers of a pipeline are as Millrace needs them. */
package io.millrace.app.doctor;
