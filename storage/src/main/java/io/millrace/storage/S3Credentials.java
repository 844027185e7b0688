package io.millrace.storage;

import io.millrace.api.Secret;
import io.millrace.api.Setting;
import java.util.Optional;

/** The keys under {@code credentials}. */
public record S3Credentials(
        @Setting(value = "The access key's id.", example = "${env:AWS_ACCESS_KEY_ID}") String accessKey,
        @Setting(value = "The secret key.", example = "${env:AWS_SECRET_ACCESS_KEY}") Secret secretKey,
        @Setting("The session token of temporary credentials.") Optional<Secret> sessionToken) {}
