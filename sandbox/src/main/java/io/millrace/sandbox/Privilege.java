package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the server's programs are run, since PostgreSQL refuses to run as root. */
enum Privilege {
    /** As ourselves: we are not root. */
    OWN(List.of()),
    /** Root in a user namespace of its own, in which it is nobody; files keep root as their owner. */
    USER_NAMESPACE(List.of("unshare", "-U")),
    /** As user nobody, to whom the data folder is given: for containers that forbid namespaces. */
    NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

    private static final int NOBODY_ID = 65534;

    private final List<String> prefix;

    Privilege(List<String> prefix) {
        this.prefix = prefix;
    }

    List<String> prefix() {
        return prefix;
    }

    /** Lets the server's user own the file or folder. */
    void give(Path path) throws IOException {
        if (this == NOBODY) {
            Files.setAttribute(path, "unix:uid", NOBODY_ID);
            Files.setAttribute(path, "unix:gid", NOBODY_ID);
        }
    }

    /** Takes back what was given. */
    void takeBack(Path path) throws IOException {
        if (this == NOBODY) {
            Files.setAttribute(path, "unix:uid", 0);
            Files.setAttribute(path, "unix:gid", 0);
        }
    }

    /** The first way that works here for the owner of a folder just made. */
    static Privilege forOwnerOf(Path folder) throws IOException {
        if (!Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid"))) {
            return OWN;
        }
        for (Privilege way : List.of(USER_NAMESPACE, NOBODY)) {
            if (way.works()) {
                return way;
            }
        }
        throw new SandboxException("PostgreSQL does not run as root, and neither 'unshare -U' nor 'setpriv' works here."
                + " Run as an ordinary user, or install util-linux.");
    }

    private boolean works() {
        List<String> words = new ArrayList<>(prefix);
        words.add("true");
        return Command.run(words).succeeded();
    }
}
