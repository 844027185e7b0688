package io.millrace.app.command;

import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options from the environment: {@code --max-rows} from {@code MILLRACE_MAX_ROWS}, where the command line has none.
 * An empty variable is none: whoever starts the command may not be able to leave it out.
 */
public final class VariableDefaults implements IDefaultValueProvider {
    private final Map<String, String> variables;

    public VariableDefaults(Map<String, String> variables) {
        this.variables = variables;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String value = variables.get("MILLRACE_"
                + option.longestName().replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT));
        return value == null || value.isEmpty() ? null : value;
    }
}
