package io.millrace.connectors.kafka;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.errors.WakeupException;

/** Says of the clients' exceptions whose turn it is. The clients put no property's value that is secret into messages. */
final class KafkaErrors {
    private final Cluster cluster;
    private final String topic;

    KafkaErrors(Cluster cluster, String topic) {
        this.cluster = cluster;
        this.topic = topic;
    }

    /**
     * Understands a failure.
     *
     * @param attempted what was being done, as the beginning of the message: "Looking for topic x"
     */
    MillraceException during(String attempted, Throwable thrown) {
        Throwable failure = root(thrown);
        String place = attempted + " at " + cluster.brokers() + " failed: ";
        if (failure instanceof MillraceException known) {
            return known;
        }
        if (failure instanceof WakeupException || failure instanceof InterruptException) {
            return new MillraceException(ErrorKind.STOPPED, attempted + " was stopped.", failure);
        }
        if (failure instanceof SslAuthenticationException) {
            return MillraceException.denied(
                    place + "the TLS handshake was refused (" + text(failure)
                            + "). Check ssl.truststore.location and the name in the brokers' certificate.",
                    failure);
        }
        if (failure instanceof AuthenticationException) {
            return MillraceException.denied(
                    place + "the brokers do not let "
                            + cluster.user().map(user -> "user '" + user + "'").orElse("anybody without a user")
                            + " in ("
                            + text(failure) + "). Check user, password and sasl.mechanism.",
                    failure);
        }
        if (failure instanceof AuthorizationException || failure instanceof SecurityDisabledException) {
            return MillraceException.denied(
                    place + text(failure) + ". Grant what docs/connectors/kafka.md lists under Rights.", failure);
        }
        if (failure instanceof UnknownTopicOrPartitionException) {
            return new MillraceException(ErrorKind.USER, place + "there is no topic '" + topic + "'.", failure);
        }
        if (failure instanceof InvalidTopicException) {
            return new MillraceException(ErrorKind.USER, place + "'" + topic + "' cannot be a topic's name.", failure);
        }
        if (failure instanceof UnsupportedVersionException) {
            return MillraceException.denied(
                    place + "the brokers are too old (" + text(failure) + "); Kafka 2.8 or newer is needed.", failure);
        }
        if (failure instanceof ConfigException) {
            return configuration(failure);
        }
        if (failure instanceof TimeoutException) {
            return MillraceException.unavailable(
                    place + "no answer in time (" + text(failure)
                            + "). Check that the brokers run and can be reached by the addresses that they advertise.",
                    failure);
        }
        if (failure instanceof RetriableException) {
            return MillraceException.unavailable(place + text(failure) + ". It may succeed later.", failure);
        }
        return new MillraceException(otherKind(failure), place + text(failure) + ".", failure);
    }

    private static ErrorKind otherKind(Throwable failure) {
        if (!(failure instanceof KafkaException)) {
            return ErrorKind.INTERNAL;
        }
        if (failure instanceof InvalidConfigurationException || failure instanceof InvalidTxnTimeoutException) {
            // A key store that cannot be opened; a transaction_timeout beyond what the brokers allow.
            return ErrorKind.USER;
        }
        // A broker that answered so would answer the same question the same way again.
        return failure instanceof ApiException ? ErrorKind.DENIED : ErrorKind.UNAVAILABLE;
    }

    private MillraceException configuration(Throwable failure) {
        if (String.valueOf(failure.getMessage()).contains("bootstrap.servers")) {
            return MillraceException.unavailable(
                    "None of the brokers " + cluster.brokers()
                            + " has a known host name. Check brokers, and the network.",
                    failure);
        }
        // Its message quotes the value, and a value could hold anything: the name is enough to find it.
        String text = String.valueOf(failure.getMessage());
        String name = text.startsWith("Invalid value ") && text.contains(" for configuration ")
                ? text.replaceAll("(?s).* for configuration ([a-z0-9.]+).*", "$1")
                : "one of them";
        return MillraceException.user("Kafka's clients do not take the properties: the value of " + name
                + " is not one that it can have. Check properties and secret_properties.");
    }

    /** True where the broker says that a newer producer of the same transactional id has taken over, or has been made to. */
    static boolean fenced(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof ProducerFencedException || at instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    /** What lies under the wrappers of futures, and of producers that are in an error state already. */
    static Throwable root(Throwable thrown) {
        Throwable at = thrown;
        while (at.getCause() != null
                && (at instanceof ExecutionException
                        || at.getClass() == KafkaException.class && at.getCause() instanceof KafkaException)) {
            at = at.getCause();
        }
        return at;
    }

    private static String text(Throwable failure) {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String first = text.strip().lines().findFirst().orElse("no message");
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }
}
