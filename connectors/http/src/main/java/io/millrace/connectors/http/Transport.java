package io.millrace.connectors.http;

import io.millrace.api.ErrorKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;

/** Sends single requests. Redirects are answers like others. Thread-safe. */
final class Transport {
    private final HttpClient client;
    private final AddressGuard guard;
    private final Duration timeout;
    private final long limit;

    /**
     * @param timeout for a request and its whole answer
     * @param limit the most bytes of an answer, packed and unpacked
     * @param origin to which all requests go
     */
    Transport(Duration timeout, long limit, Origin origin, NameService names) {
        this.guard = new AddressGuard(origin, names);
        this.timeout = timeout;
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                // Without encryption the offer of a newer version is a header that some servers stumble over.
                .version(origin.isEncrypted() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** @param remaining the time there is beside the timeout */
    Answer send(HttpRequest request, Stop stop, Duration remaining) throws Failed {
        Duration longest = timeout.compareTo(remaining) < 0 ? timeout : remaining;
        try {
            guard.check(stop, longest);
            CompletableFuture<HttpResponse<byte[]>> call =
                    client.sendAsync(request, response -> new BoundedBody(limit));
            HttpResponse<byte[]> response = stop.await(call, longest);
            byte[] body = Unpacking.unpack(response.headers(), response.body(), limit);
            return new Answer(response.statusCode(), response.headers(), body);
        } catch (TimeoutException e) {
            throw Failed.forNow(ErrorKind.UNAVAILABLE, "no complete answer within " + shown(longest) + " (timeout)", e);
        } catch (ExecutionException e) {
            throw failed(e.getCause() instanceof IOException known ? known : new IOException(e.getCause()));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Failed failed(IOException failure) {
        if (failure instanceof BoundedBody.TooLong || failure.getCause() instanceof BoundedBody.TooLong) {
            return Failed.finallyWith(
                    ErrorKind.DENIED,
                    "the answer is longer than " + limit + " bytes; raise limits.response, or ask for smaller pages");
        }
        if (failure instanceof HttpConnectTimeoutException || failure instanceof ConnectException) {
            return Failed.forNow(ErrorKind.UNAVAILABLE, "cannot connect" + reason(failure), failure);
        }
        if (failure instanceof SSLException) {
            return Failed.forNow(ErrorKind.UNAVAILABLE, "cannot connect by TLS" + reason(failure), failure);
        }
        if (failure instanceof ZipException || failure instanceof EOFException) {
            return Failed.forNow(ErrorKind.UNAVAILABLE, "the packed answer is cut off or damaged", failure);
        }
        return Failed.forNow(ErrorKind.UNAVAILABLE, "the connection broke off" + reason(failure), failure);
    }

    private static String reason(IOException failure) {
        return failure.getMessage() == null || failure.getMessage().isBlank() ? "" : " (" + failure.getMessage() + ")";
    }

    private static String shown(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
