package io.millrace.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS, with a certificate for 127.0.0.1 that nobody else has signed. */
class TlsTest {
    /** What the session that is asked is encrypted by. */
    private static final String QUERY =
            "SELECT ssl, version FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()";

    @TempDir
    static Path folder;

    private static SelfSigned own;
    private static SelfSigned other;
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws Exception {
        own = SelfSigned.create(folder.resolve("own"), "127.0.0.1");
        other = SelfSigned.create(folder.resolve("other"), "127.0.0.1");
        server = EmbeddedPostgres.builder()
                .setting("ssl", "on")
                .setting("ssl_cert_file", own.certificate().toString())
                .setting("ssl_key_file", own.key().toString())
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static SourceUnderTest source(SslMode mode, Optional<Path> root, String host) {
        Database database = server.database();
        SourceUnderTest source = SourceUnderTest.query(database, QUERY);
        source.url = Optional.of("postgresql://" + host + ":" + database.port() + "/" + database.name()
                + root.map(path -> "?sslrootcert=" + path).orElse(""));
        source.sslmode = Optional.of(mode);
        return source;
    }

    @Test
    void readsEncryptedFromAServerItHasVerified() {
        assertThat(source(SslMode.VERIFY_FULL, Optional.of(own.certificate()), "127.0.0.1")
                        .records())
                .containsExactly(Map.of("ssl", true, "version", "TLSv1.3"));
    }

    @Test
    void readsEncryptedWithoutBeingAsked() {
        SourceUnderTest source = source(SslMode.REQUIRE, Optional.empty(), "127.0.0.1");
        source.sslmode = Optional.empty();
        assertThat(source.records()).extracting(row -> row.get("ssl")).containsExactly(true);
        assertThat(source(SslMode.DISABLE, Optional.empty(), "127.0.0.1").records())
                .extracting(row -> row.get("ssl"))
                .containsExactly(false);
    }

    @Test
    void refusesAServerOfAnotherCertificateAndName() {
        assertRefused(source(SslMode.VERIFY_CA, Optional.of(other.certificate()), "127.0.0.1"));
        assertRefused(source(SslMode.VERIFY_FULL, Optional.of(own.certificate()), "localhost"));
        assertThat(source(SslMode.VERIFY_CA, Optional.of(own.certificate()), "localhost")
                        .records())
                .hasSize(1);
    }

    /** Not worth a retry: the next attempt would meet the same certificate. */
    private static void assertRefused(SourceUnderTest source) {
        assertThatThrownBy(source::records)
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(ErrorKind.DENIED))
                .hasMessageContaining("root_certificate")
                .hasMessageContaining(String.valueOf(server.database().port()));
    }
}
