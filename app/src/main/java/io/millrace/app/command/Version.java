package io.millrace.app.command;

/** The version of this Millrace. */
public final class Version {
    /** As in its release. */
    public static final String NUMBER = "0.1.0";

    private Version() {}
}
