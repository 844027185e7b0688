package io.millrace.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The server program, copied once from the class path into a cache folder and shared by all later starts. */
final class RedisBinary {
    private RedisBinary() {}

    /** The program; it appears under its name only when it is whole. */
    static Path in(Path cache) {
        String name = resource(Platform.current());
        try {
            Files.createDirectories(cache);
            Path program = cache.toRealPath().resolve(name);
            if (!Files.isExecutable(program)) {
                copy(name, program);
            }
            return program;
        } catch (IOException failure) {
            throw new SandboxException(
                    "Could not unpack the embedded Redis into " + cache + ": " + failure
                            + ". Choose a writable folder with -Dmillrace.sandbox.cache=FOLDER.",
                    failure);
        }
    }

    private static String resource(Platform platform) {
        return switch (platform) {
            case LINUX_AMD64 -> "redis-server-6.2.6-v5-linux-amd64";
            case LINUX_ARM64 -> "redis-server-6.2.7-linux-arm64";
            case DARWIN_AMD64 -> "redis-server-6.2.6-v5-darwin-amd64";
            case DARWIN_ARM64 -> "redis-server-6.2.6-v5-darwin-arm64";
        };
    }

    private static void copy(String name, Path program) throws IOException {
        Path fresh = Files.createTempFile(program.getParent(), ".unpacking-", "-redis");
        try (InputStream bytes = RedisBinary.class.getResourceAsStream("/" + name)) {
            if (bytes == null) {
                throw new IOException("/" + name + " is not on the class path");
            }
            Files.copy(bytes, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
