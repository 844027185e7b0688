package io.millrace.sandbox;

import java.nio.file.Path;

/** A process of its own that starts a server, says where, and then ends as told. Arguments: folder or -, keep or -. */
final class ServerLauncher {
    private ServerLauncher() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgresBuilder builder = EmbeddedPostgres.builder();
        if (!arguments[0].equals("-")) {
            builder.folder(Path.of(arguments[0]));
        }
        if (arguments[1].equals("keep")) {
            builder.keep();
        }
        System.out.println("starting");
        EmbeddedPostgres server = builder.start();
        System.out.println(server.pid().getAsLong());
        System.out.println(server.folder());
        if (System.in.read() == 'c') {
            server.close();
        }
        System.exit(0);
    }
}
