package io.millrace.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** What a broker's folder holds beside its own log: the messages in {@code data}, the configuration, key and certificate. */
record KafkaFolder(ServerFolder owned) {
    private static final String ALIAS = "broker";

    Path data() {
        return owned.path().resolve("data");
    }

    Path configuration() {
        return owned.path().resolve("server.properties");
    }

    Path keyStore() {
        return owned.path().resolve("broker.p12");
    }

    Path certificate() {
        return owned.path().resolve("broker.pem");
    }

    /** Of user and key store. */
    String password() throws IOException {
        return owned.password();
    }

    /** A word on the broker's command line that is on no other's. */
    String marker() {
        return "-Dmillrace.sandbox.kafka=" + owned.path();
    }

    /** The same for every start in this folder. */
    String clusterId() {
        UUID id = UUID.nameUUIDFromBytes(owned.path().toString().getBytes(StandardCharsets.UTF_8));
        byte[] bytes = ByteBuffer.allocate(16)
                // A cluster's id must not begin with a dash.
                .putLong(id.getMostSignificantBits() & Long.MAX_VALUE)
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Makes the broker's key and certificate, unless that was done before. */
    void makeCertificate() throws IOException {
        if (Files.exists(certificate())) {
            return;
        }
        Files.deleteIfExists(keyStore());
        password();
        Command.Result made = Command.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
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
                "PKCS12",
                "-keystore",
                keyStore().toString(),
                "-alias",
                ALIAS,
                "-storepass:file",
                owned.passwordFile().toString()));
        if (!made.succeeded()) {
            throw new SandboxException("The broker's certificate could not be made: keytool ended with " + made.exit()
                    + ".\n" + made.output());
        }
        try {
            KeyStore store =
                    KeyStore.getInstance(keyStore().toFile(), password().toCharArray());
            String encoded = Base64.getMimeEncoder()
                    .encodeToString(store.getCertificate(ALIAS).getEncoded());
            Files.writeString(
                    certificate(), "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException unreadable) {
            throw new SandboxException("The broker's certificate could not be read: " + unreadable, unreadable);
        }
    }
}
