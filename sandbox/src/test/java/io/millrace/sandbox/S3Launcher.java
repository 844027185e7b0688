package io.millrace.sandbox;

/** A process of its own that starts an S3 server, says where, and waits for its end. */
final class S3Launcher {
    private S3Launcher() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedS3 server = EmbeddedS3.launch();
        System.out.println(server.pid().getAsLong());
        System.out.println(server.folder());
        System.in.read();
    }
}
