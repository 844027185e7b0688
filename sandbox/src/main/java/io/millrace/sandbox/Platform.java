package io.millrace.sandbox;

import java.util.Locale;

/** An operating system and processor for which server binaries exist. */
enum Platform {
    LINUX_AMD64("postgres-linux-x86_64.txz"),
    LINUX_ARM64("postgres-linux-arm_64.txz"),
    DARWIN_AMD64("postgres-darwin-x86_64.txz"),
    DARWIN_ARM64("postgres-darwin-arm_64.txz");

    private final String archive;

    Platform(String archive) {
        this.archive = archive;
    }

    /** The archive's name on the class path, as the binaries' jar of this platform holds it. */
    String archive() {
        return archive;
    }

    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String name, String architecture) {
        String system = name.toLowerCase(Locale.ROOT);
        boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
        boolean intel = architecture.equals("amd64") || architecture.equals("x86_64");
        if (system.startsWith("linux") && (arm || intel)) {
            return arm ? LINUX_ARM64 : LINUX_AMD64;
        }
        if (system.startsWith("mac") && (arm || intel)) {
            return arm ? DARWIN_ARM64 : DARWIN_AMD64;
        }
        throw new SandboxException("No embedded PostgreSQL for " + name + " on " + architecture
                + ": binaries exist for Linux and macOS on x86-64 and arm64. Use a PostgreSQL server of your own.");
    }
}
