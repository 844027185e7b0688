/** What coordinator and engines say to each other and to the world about a run: the job, its events, its report, its files. */
package io.millrace.core.run;
