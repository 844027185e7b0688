package io.millrace.core.openlineage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Posts events to a server. Redirects are not followed: the key is for this server alone. */
final class HttpTransport implements EventTransport {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final URI address;
    private final Optional<String> key;
    private HttpClient client;

    HttpTransport(URI address, Optional<String> key) {
        this.address = address;
        this.key = key;
    }

    @Override
    public void send(String event) throws IOException, InterruptedException {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event));
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        HttpResponse<Void> answer = client.send(request.build(), HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("it answers " + answer.statusCode());
        }
    }

    @Override
    public String describe() {
        return address.toString();
    }
}
