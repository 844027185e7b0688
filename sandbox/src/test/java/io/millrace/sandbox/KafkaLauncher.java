package io.millrace.sandbox;

/** A process of its own that starts a broker, says where, and waits to be ended. */
final class KafkaLauncher {
    private KafkaLauncher() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("starting");
        EmbeddedKafka kafka = EmbeddedKafka.builder().start();
        System.out.println(kafka.pid().getAsLong());
        System.out.println(kafka.folder());
        System.in.read();
    }
}
