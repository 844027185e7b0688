package io.millrace.storage;

import io.millrace.api.InvalidSetting;
import java.net.URI;
import java.util.Optional;

/**
 * How to reach S3. Settings records of sources and targets have components of these names and types, described by the
 * constants, and make one of these from them.
 *
 * @param endpoint of another server than Amazon's
 * @param region absent: with an endpoint {@code us-east-1}, otherwise from the environment
 * @param pathStyle absent: true with an endpoint
 * @param credentials absent: the default chain
 */
public record S3Settings(
        Optional<String> endpoint,
        Optional<String> region,
        Optional<Boolean> pathStyle,
        Optional<S3Credentials> credentials) {
    /** Describes the key {@code endpoint}. */
    public static final String ENDPOINT = "The URL of an S3-compatible server. Absent: Amazon's.";

    /** Describes the key {@code region}. */
    public static final String REGION = "The bucket's region. Absent: with an endpoint us-east-1, otherwise what"
            + " AWS_REGION, the AWS profile or the machine says.";

    /** Describes the key {@code path_style}. */
    public static final String PATH_STYLE =
            "Whether the bucket stands in the URL's path instead of its host name. Absent:"
                    + " true where an endpoint is set.";

    /** Describes the key {@code credentials}. */
    public static final String CREDENTIALS =
            "The keys to sign with. Absent: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
                    + " a web identity token, the AWS profile, or the role of the container or machine, whichever is found first.";

    /** Nothing set: Amazon's S3, and what the environment says. */
    public static final S3Settings DEFAULT =
            new S3Settings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public S3Settings {
        endpoint.ifPresent(S3Settings::checkEndpoint);
    }

    private static void checkEndpoint(String endpoint) {
        try {
            URI uri = URI.create(endpoint);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            if (web && bare && uri.getHost() != null) {
                return;
            }
        } catch (IllegalArgumentException malformed) {
            // Falls through to the refusal, which must not repeat the text: it may hold a password.
        }
        throw new InvalidSetting(
                "endpoint", "must be a URL such as http://127.0.0.1:9000, without user, password or query");
    }

    boolean usesPathStyle() {
        return pathStyle.orElse(endpoint.isPresent());
    }

    /** True where any key is set, which a local path would ignore. */
    public boolean isSet() {
        return !equals(DEFAULT);
    }
}
