package io.millrace.api;

/**
 * The version of this API. A plugin's jar names the one it was built for in its manifest, as {@value #MANIFEST_KEY}; a
 * plugin that names another one is refused before any of its code runs.
 */
public final class ApiVersion {
    /** Rises when a plugin that was built before would no longer run. */
    public static final int CURRENT = 1;

    /** The attribute in a jar's manifest. */
    public static final String MANIFEST_KEY = "Millrace-Api";

    private ApiVersion() {}
}
