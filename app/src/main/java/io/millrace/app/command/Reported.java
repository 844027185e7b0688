package io.millrace.app.command;

/** A command whose output other programs may read. */
interface Reported {
    OutputOptions output();
}
