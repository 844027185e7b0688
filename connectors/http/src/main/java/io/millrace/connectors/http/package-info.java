/** Reads JSON APIs over HTTP; {@link io.millrace.connectors.http.HttpConnector} is the only public type. */
package io.millrace.connectors.http;
