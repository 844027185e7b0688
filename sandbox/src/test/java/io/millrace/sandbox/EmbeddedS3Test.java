package io.millrace.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class EmbeddedS3Test {
    @Test
    void refusesWhoeverDoesNotSign() throws Exception {
        EmbeddedS3 server = EmbeddedS3.shared();
        String bucket = server.createBucket();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.endpoint() + "/" + bucket))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("AccessDenied");
    }

    @Test
    void listensOnLoopbackOnly() throws Exception {
        int port = EmbeddedS3.shared().port();
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(card.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void keepsPortAndBucketsOverARestart() {
        try (EmbeddedS3 server = EmbeddedS3.launch()) {
            String endpoint = server.endpoint();
            String bucket = server.createBucket("kept");
            server.kill();
            assertThat(server.pid()).isEmpty();
            server.start();
            assertThat(server.pid()).isPresent();
            assertThat(server.endpoint()).isEqualTo(endpoint);
            assertThatThrownBy(() -> server.createBucket(bucket)).hasMessageContaining("kept");
        }
    }

    @Test
    void leavesNeitherServerNorFolderWhenItsProcessIsKilled() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process launcher = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), S3Launcher.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader answers = launcher.inputReader()) {
            long pid = Long.parseLong(answers.readLine());
            Path folder = Path.of(answers.readLine());
            assertThat(ProcessHandle.of(pid)).isPresent();
            launcher.destroyForcibly().waitFor();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> ProcessHandle.of(pid).isEmpty() && !Files.exists(folder));
        } finally {
            launcher.destroyForcibly();
        }
    }
}
