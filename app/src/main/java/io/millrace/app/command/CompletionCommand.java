package io.millrace.app.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
public final class CompletionCommand implements Callable<Integer>, Reported {
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

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        String script = AutoComplete.bash("millrace", root);
        // One script for both: it makes zsh take the functions of bash.
        System.out.print(script);
        return 0;
    }
}
