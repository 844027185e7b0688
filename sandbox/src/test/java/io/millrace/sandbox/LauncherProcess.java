package io.millrace.sandbox;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The other end of {@link ServerLauncher} and {@link KafkaLauncher}. */
final class LauncherProcess implements AutoCloseable {
    final Process process;
    private final BufferedReader answers;

    private LauncherProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader();
    }

    static LauncherProcess start(String folder, String keep) throws IOException {
        return start(ServerLauncher.class, folder, keep);
    }

    static LauncherProcess start(Class<?> main, String... arguments) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(List.of(arguments));
        LauncherProcess launcher = new LauncherProcess(new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        launcher.line();
        return launcher;
    }

    String line() throws IOException {
        return answers.readLine();
    }

    Server server() throws IOException {
        return new Server(Long.parseLong(line()), Path.of(line()));
    }

    void say(char word) throws IOException, InterruptedException {
        process.getOutputStream().write(word);
        process.getOutputStream().flush();
        process.waitFor();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What the launcher started. */
    record Server(long pid, Path folder) {
        boolean runs() {
            return PostmasterFile.isServerOf(folder.resolve("data"), pid);
        }

        void awaitEnd() {
            await().atMost(Duration.ofSeconds(20)).until(() -> !runs());
        }
    }
}
