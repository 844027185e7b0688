package io.millrace.connectors.http;

/** Where an OAuth client's id and secret stand. */
enum ClientAuth {
    /** In a Basic authorization header, as the standard prefers. */
    BASIC,
    /** In the form that is sent. */
    BODY
}
