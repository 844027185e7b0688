package io.millrace.app.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace completion}. */
@Command(
        name = "completion",
        description = "Print a script by which the shell completes commands, options and file names.",
        footer = {
            "",
            "Examples:",
            "  source <(millrace completion bash)                 for this shell",
            "  millrace completion bash > ~/.local/share/bash-completion/completions/millrace",
            "  echo 'source <(millrace completion zsh)' >> ~/.zshrc"
        })
public final class CompletionCommand implements Callable<Integer> {
    enum Shell {
        BASH,
        ZSH;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        String script = AutoComplete.bash("millrace", root);
        // One script for both: it makes zsh take the functions of bash.
        System.out.print(script);
        return 0;
    }
}
