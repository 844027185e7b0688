package io.millrace.storage;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failed call of S3 means for the run. */
final class S3Failure {
    static final int NOT_FOUND = 404;
    static final int PRECONDITION_FAILED = 412;

    private static final Set<String> WRONG_REGION =
            Set.of("PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException");
    private static final Set<String> PASSING = Set.of(
            "SlowDown",
            "ServiceUnavailable",
            "InternalError",
            "RequestTimeout",
            "Throttling",
            "ThrottlingException",
            "RequestLimitExceeded",
            "ConditionalRequestConflict",
            "OperationAborted");

    private S3Failure() {}

    static boolean is(SdkException failure, int status) {
        return failure instanceof AwsServiceException service && service.statusCode() == status;
    }

    static boolean isNoSuchBucket(SdkException failure) {
        return "NoSuchBucket".equals(code(failure));
    }

    /**
     * @param attempted what was done to what, as the beginning of a sentence: "cannot read s3://lake/a.csv"
     */
    static MillraceException of(String attempted, SdkException failure) {
        if (failure instanceof AbortedException || Thread.currentThread().isInterrupted()) {
            Thread.currentThread().interrupt();
            return new MillraceException(ErrorKind.STOPPED, attempted + ": stopped", failure);
        }
        if (failure instanceof AwsServiceException service) {
            return answered(attempted, service);
        }
        String reason = reason(failure);
        if (reason.contains("Unable to load credentials")) {
            return MillraceException.denied(
                    attempted + ": no credentials were found; set credentials, or AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY",
                    failure);
        }
        return MillraceException.unavailable(attempted + ": " + reason, failure);
    }

    private static MillraceException answered(String attempted, AwsServiceException failure) {
        String code = code(failure);
        String problem = attempted + ": " + says(failure);
        if (code.equals("NoSuchBucket")) {
            return MillraceException.user(problem + "; create the bucket, or name another one");
        }
        if (WRONG_REGION.contains(code) || failure.statusCode() == 301) {
            return MillraceException.user(problem + "; set region to the bucket's");
        }
        if (PASSING.contains(code) || failure.statusCode() >= 500 || failure.statusCode() == 429) {
            return MillraceException.unavailable(problem, failure);
        }
        if (code.equals("RequestTimeTooSkewed")) {
            return MillraceException.denied(problem + "; set this machine's clock", failure);
        }
        return MillraceException.denied(problem + "; check the credentials and what they are allowed to do", failure);
    }

    /** The server's answer: "AccessDenied, Access Denied (HTTP 403)". */
    private static String says(AwsServiceException failure) {
        String message = failure.awsErrorDetails() == null
                ? null
                : failure.awsErrorDetails().errorMessage();
        String code = code(failure);
        return (code.isEmpty() ? "refused" : code) + (message == null || message.isBlank() ? "" : ", " + message)
                + " (HTTP " + failure.statusCode() + ")";
    }

    private static String code(SdkException failure) {
        boolean told = failure instanceof AwsServiceException service
                && service.awsErrorDetails() != null
                && service.awsErrorDetails().errorCode() != null;
        return told ? ((AwsServiceException) failure).awsErrorDetails().errorCode() : "";
    }

    /** The innermost cause says what happened; the outer ones only that something did. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        String name = innermost.getClass().getSimpleName();
        return message == null || message.isBlank() ? name : innermost == failure ? message : name + ": " + message;
    }
}
