package io.millrace.storage;

import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of S3. */
final class S3Clients {
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SILENCE_TIMEOUT = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 64;

    private S3Clients() {}

    static S3Client of(S3Settings settings, RetryPolicy retry) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(SILENCE_TIMEOUT)
                        .maxConnections(CONNECTIONS))
                .credentialsProvider(credentials(settings))
                .region(region(settings))
                .forcePathStyle(settings.usesPathStyle())
                // Not all servers know the newer checksums; what we send carries its MD5.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(configuration -> configuration.retryStrategy(strategy(retry)));
        settings.endpoint().ifPresent(endpoint -> builder.endpointOverride(URI.create(endpoint)));
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        if (settings.credentials().isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        S3Credentials keys = settings.credentials().get();
        AwsCredentials credentials = keys.sessionToken().isPresent()
                ? AwsSessionCredentials.create(
                        keys.accessKey(),
                        keys.secretKey().reveal(),
                        keys.sessionToken().get().reveal())
                : AwsBasicCredentials.create(keys.accessKey(), keys.secretKey().reveal());
        return StaticCredentialsProvider.create(credentials);
    }

    private static Region region(S3Settings settings) {
        if (settings.region().isPresent()) {
            return Region.of(settings.region().get());
        }
        if (settings.endpoint().isPresent()) {
            return Region.US_EAST_1;
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException unknown) {
            throw MillraceException.user("the bucket's region is not known: set region, or AWS_REGION");
        }
    }

    /** Where there is no body, as behind HEAD, the status is all that says so. */
    private static boolean asksToSlowDown(Throwable failure) {
        return failure instanceof SdkException said && RetryUtils.isThrottlingException(said)
                || failure instanceof SdkServiceException service && service.statusCode() == UNAVAILABLE;
    }

    private static RetryStrategy strategy(RetryPolicy retry) {
        if (retry.attempts() == 1) {
            return DefaultRetryStrategy.doNotRetry();
        }
        Duration slower = retry.initial().multipliedBy(5);
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(retry.attempts())
                .backoffStrategy(BackoffStrategy.exponentialDelayHalfJitter(retry.initial(), retry.max()))
                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelayHalfJitter(
                        slower, slower.compareTo(retry.max()) > 0 ? slower : retry.max()))
                .circuitBreakerEnabled(false)
                .treatAsThrottling(S3Clients::asksToSlowDown)
                // They are there already, and would take the last line back.
                .useClientDefaults(false)
                // Two conditional writes at the same moment: the loser is told to ask again.
                .retryOnException(
                        failure -> failure instanceof AwsServiceException service && service.statusCode() == CONFLICT)
                .build();
    }
}
