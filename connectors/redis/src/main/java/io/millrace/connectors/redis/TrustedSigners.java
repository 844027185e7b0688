package io.millrace.connectors.redis;

import io.millrace.api.MillraceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/** Makes the store that the client wants of a file of PEM certificates. */
final class TrustedSigners {
    static final String TYPE = "PKCS12";

    /** Stores have one; what is in this one is public, and it never leaves the memory. */
    static final String PASSWORD = "signers";

    private TrustedSigners() {}

    /** The bytes of a store of the file's certificates; a user error where it cannot be read as such. */
    static byte[] store(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore signers = KeyStore.getInstance(TYPE);
            signers.load(null, null);
            for (Certificate signer : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                signers.setCertificateEntry("signer-" + signers.size(), signer);
            }
            if (signers.size() == 0) {
                throw MillraceException.user("root_certificate " + file + " holds no certificate; it must be PEM");
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            signers.store(bytes, PASSWORD.toCharArray());
            return bytes.toByteArray();
        } catch (IOException | GeneralSecurityException unreadable) {
            throw MillraceException.user(
                    "root_certificate " + file + " cannot be read as PEM certificates: " + unreadable);
        }
    }
}
