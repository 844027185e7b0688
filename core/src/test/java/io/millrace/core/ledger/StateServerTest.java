package io.millrace.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateServerTest {
    @Test
    void whatStandsInTheUrlComesBeforeTheVariables() {
        StateServer server = StateServer.parse(
                "postgresql://me:p%40ss+word@db.example.com:6432/team?sslmode=verify-full&sslrootcert=/ca.pem",
                Map.of("PGUSER", "other", "PGPASSWORD", "other"));
        assertThat(server.driverProperties())
                .containsEntry("user", "me")
                .containsEntry("password", "p@ss+word")
                .containsEntry("PGDBNAME", "team")
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslrootcert", "/ca.pem");
        assertThat(server.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example.com:6432/");
        assertThat(server).hasToString("postgresql://db.example.com:6432/team");
    }

    @Test
    void theVariablesFillInWhatTheUrlLeavesOut() {
        StateServer server =
                StateServer.parse("postgres://me@db/team", Map.of("PGUSER", "other", "PGPASSWORD", "secret"));
        assertThat(server.driverProperties()).containsEntry("user", "me").containsEntry("password", "secret");
        assertThat(server.port()).isEqualTo(5432);
    }

    @Test
    void withoutAPasswordTheDriverLooksIntoThePasswordFile() {
        assertThat(StateServer.parse("postgresql://me@db/team", Map.of("PGPASSWORD", ""))
                        .driverProperties())
                .doesNotContainKey("password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://me:s3cret@/team",
                "postgresql://me:s3cret@db",
                "postgresql://me:s3cret@db/",
                "postgresql://me:s3cr et@db/team",
                "mysql://me:s3cret@db/team",
                "postgresql://me:s3cret@db/team?socketFactory=s3cret"
            })
    void refusesAnythingElseWithoutQuotingIt(String place) {
        assertThatThrownBy(() -> StateServer.parse(place, Map.of()))
                .isInstanceOfSatisfying(MillraceException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(ErrorKind.USER))
                .hasMessageContaining("--state")
                .hasMessageNotContaining("s3cr");
    }
}
