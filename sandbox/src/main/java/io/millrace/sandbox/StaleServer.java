package io.millrace.sandbox;

/** What to do with a server that still runs in the chosen folder though the process that started it is gone. */
public enum StaleServer {
    /** End it and start anew on the same data. */
    END,
    /** Leave it alone and refuse to start, naming its process id. */
    REPORT
}
