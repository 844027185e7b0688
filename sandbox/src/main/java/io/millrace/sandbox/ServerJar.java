package io.millrace.sandbox;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The program of a server that brings all its libraries in one jar. It never comes onto our class path: its libraries
 * would replace ours. The build puts it into a folder {@code servers} beside our classes or our jar, or beside their
 * folder.
 */
final class ServerJar {
    private ServerJar() {}

    static Path named(String name) {
        String property = "millrace.sandbox." + name;
        String chosen = System.getProperty(property);
        if (chosen != null) {
            return Path.of(chosen);
        }
        Path ours = ourPlace();
        for (Path folder = ours.getParent(); folder != null; folder = folder.getParent()) {
            Path jar = folder.resolve("servers").resolve(name + ".jar");
            if (Files.isRegularFile(jar)) {
                return jar;
            }
            if (!folder.equals(ours.getParent())) {
                break;
            }
        }
        throw new SandboxException("The server " + name + " is not there: no servers/" + name + ".jar near " + ours
                + ". Build the sandbox, or name the jar by -D" + property + "=…");
    }

    private static Path ourPlace() {
        try {
            return Path.of(ServerJar.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
