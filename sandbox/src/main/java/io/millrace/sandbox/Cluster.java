package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The server's programs applied to one data folder: create, configure, start, stop. */
final class Cluster implements Program {
    private static final String SETTINGS = "millrace.conf";

    private final DataFolder folder;
    private final PostgresBinaries binaries;
    private final Privilege privilege;

    Cluster(DataFolder folder, PostgresBinaries binaries, Privilege privilege) {
        this.folder = folder;
        this.binaries = binaries;
        this.privilege = privilege;
    }

    /** Creates the cluster unless that was done before; it appears under its name only when it is whole. */
    void initialise(String superuser) throws IOException {
        folder.deleteHalfMade();
        if (Files.exists(folder.cluster())) {
            return;
        }
        Path data = folder.clusterInMaking();
        Files.createDirectory(data);
        privilege.give(data);
        folder.owned().password();
        privilege.give(folder.owned().passwordFile());
        run(
                "create a database cluster",
                "initdb",
                List.of(
                        "--pgdata=" + data,
                        "--username=" + superuser,
                        "--pwfile=" + folder.owned().passwordFile(),
                        "--auth-host=scram-sha-256",
                        "--auth-local=reject",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-sync",
                        "--no-instructions"));
        privilege.takeBack(folder.owned().passwordFile());
        Path configuration = data.resolve("postgresql.conf");
        Files.writeString(configuration, Files.readString(configuration) + "\ninclude_if_exists '" + SETTINGS + "'\n");
        Files.move(data, folder.cluster());
    }

    /** For the next start, and those that follow. */
    void configure(Map<String, String> settings) throws IOException {
        Files.writeString(folder.cluster().resolve(SETTINGS), render(settings));
    }

    @Override
    public OptionalLong pid() {
        return PostmasterFile.serverOf(folder.cluster());
    }

    @Override
    public void start() throws IOException {
        if (!Files.exists(folder.log())) {
            Files.createFile(folder.log());
            privilege.give(folder.log());
        }
        run("start", "pg_ctl", pgCtl("start", "--log=" + folder.log(), "--timeout=60"));
        if (pid().isEmpty()) {
            throw new SandboxException(
                    "PostgreSQL ended just after its start; its last words are in " + folder.log() + ".");
        }
    }

    @Override
    public void stop() {
        stop("fast");
    }

    /** Sessions drop at once, nothing is flushed or finished; the next start replays the log. */
    @Override
    public void kill() {
        stop("immediate");
    }

    private void stop(String mode) {
        OptionalLong server = pid();
        if (server.isEmpty()) {
            return;
        }
        Command.Result polite = Command.run(words("pg_ctl", pgCtl("stop", "--mode=" + mode, "--timeout=20")));
        if (!polite.succeeded() && pid().equals(server)) {
            ProcessHandle.of(server.getAsLong()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private List<String> pgCtl(String action, String... options) {
        List<String> arguments = new ArrayList<>(List.of(action, "--pgdata=" + folder.cluster(), "--wait"));
        arguments.addAll(List.of(options));
        return arguments;
    }

    private void run(String intent, String program, List<String> arguments) {
        Command.Result result = Command.run(words(program, arguments));
        if (!result.succeeded()) {
            throw new SandboxException("PostgreSQL could not " + intent + " in " + folder.path() + ": " + program
                    + " ended with " + result.exit() + ".\n" + result.output() + lastLogLines());
        }
    }

    private List<String> words(String program, List<String> arguments) {
        List<String> words = new ArrayList<>(privilege.prefix());
        words.add(binaries.program(program).toString());
        words.addAll(arguments);
        return words;
    }

    private String lastLogLines() {
        try {
            List<String> lines = Files.readAllLines(folder.log());
            return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException none) {
            return "";
        }
    }

    private static String render(Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(name)
                .append(" = '")
                .append(value.replace("\\", "\\\\").replace("'", "''"))
                .append("'\n"));
        return text.toString();
    }
}
