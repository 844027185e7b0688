/** The dashboard: runs, live and ended, in a browser on this machine. Reads the ledger; changes nothing. */
package io.millrace.app.dashboard;
