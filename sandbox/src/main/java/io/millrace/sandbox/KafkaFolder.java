package io.millrace.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** What a broker's folder holds: the logs in {@code data}, its own log, password, certificate and process id. */
final class KafkaFolder implements AutoCloseable {
    private static final String SERVER = "Kafka";

    private final ServerFolder owned;
    private final Path folder;

    private KafkaFolder(ServerFolder owned) {
        this.owned = owned;
        this.folder = owned.path();
    }

    static KafkaFolder temporary() throws IOException {
        return new KafkaFolder(ServerFolder.temporary(SERVER));
    }

    static KafkaFolder at(Path folder) throws IOException {
        return new KafkaFolder(ServerFolder.at(SERVER, folder));
    }

    Path path() {
        return folder;
    }

    ServerFolder owned() {
        return owned;
    }

    Path data() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("kafka.log");
    }

    Path configuration() {
        return folder.resolve("server.properties");
    }

    Path keyStore() {
        return folder.resolve("broker.p12");
    }

    Path certificate() {
        return folder.resolve("broker.pem");
    }

    PidFile pidFile() {
        return new PidFile(folder.resolve("kafka.pid"), marker() + " ");
    }

    /** A word on the broker's command line that is on no other's. */
    String marker() {
        return "-Dmillrace.sandbox.kafka=" + folder;
    }

    /** Made with the folder, the same for every start. */
    String clusterId() throws IOException {
        return kept("cluster-id", () -> Base64.getUrlEncoder().withoutPadding().encodeToString(random()));
    }

    /** The password of broker, user and key store: made at random with the folder, readable by its owner only. */
    String password() throws IOException {
        return kept("password", () -> HexFormat.of().formatHex(random()));
    }

    /** Makes the broker's key and certificate, unless that was done before. */
    void makeCertificate() throws IOException {
        if (Files.exists(certificate())) {
            return;
        }
        Files.deleteIfExists(keyStore());
        keytool(List.of(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=IP:127.0.0.1,DNS:localhost",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12"));
        keytool(List.of("-exportcert", "-rfc", "-file", certificate().toString()));
    }

    private void keytool(List<String> action) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        words.addAll(action);
        words.addAll(List.of("-keystore", keyStore().toString(), "-alias", "broker"));
        words.addAll(List.of("-storepass:file", folder.resolve("password").toString()));
        Command.Result result = Command.run(words);
        if (!result.succeeded()) {
            throw new SandboxException("The broker's certificate could not be made: keytool ended with " + result.exit()
                    + ".\n" + result.output());
        }
    }

    private interface Text {
        String make();
    }

    private String kept(String name, Text text) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            Path made = folder.resolve(name + "-in-making");
            Files.deleteIfExists(made);
            Files.createFile(made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(made, text.make(), StandardCharsets.US_ASCII);
            Files.move(made, file);
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    private static byte[] random() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        // A cluster's id must not begin with a dash.
        random[0] &= 0x7f;
        return random;
    }

    /** Gives the folder free for others; a temporary one is deleted. */
    @Override
    public void close() throws IOException {
        owned.close();
    }
}
