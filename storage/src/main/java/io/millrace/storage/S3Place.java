package io.millrace.storage;

import io.millrace.api.MillraceException;

/**
 * A bucket and a prefix in it.
 *
 * @param prefix empty, or ending with '/'
 */
record S3Place(String bucket, String prefix) {
    private static final String SCHEME = "s3://";

    static boolean isS3(String location) {
        return location.startsWith(SCHEME);
    }

    static S3Place parse(String location) {
        String rest = location.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw MillraceException.user("'" + bucket + "' in " + location
                    + " is not a bucket's name: 3 to 63 lower-case letters, digits, '.' and '-'");
        }
        String prefix = slash < 0 ? "" : rest.substring(slash + 1).replaceAll("/+$", "");
        if (!prefix.isEmpty()) {
            Keys.require(prefix);
        }
        return new S3Place(bucket, prefix.isEmpty() ? "" : prefix + "/");
    }

    String root() {
        return SCHEME + bucket + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }

    String full(String key) {
        return prefix + key;
    }

    String relative(String fullKey) {
        return fullKey.substring(prefix.length());
    }

    String nameOf(String key) {
        return SCHEME + bucket + "/" + prefix + key;
    }
}
