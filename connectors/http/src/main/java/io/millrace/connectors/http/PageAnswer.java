package io.millrace.connectors.http;

import io.millrace.formats.json.JsonPage;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * A page that was answered.
 *
 * @param name of the page, as its {@link Pager} understands it
 * @param request for it, without keys
 * @param body in which the page's records stand
 */
record PageAnswer(Optional<String> name, URI request, HttpHeaders headers, byte[] body, JsonPage page) {}
