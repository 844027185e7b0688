package io.millrace.core.embedded;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Schema;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** User code under a name and with declared columns. */
record NamedTransformer(String name, UnaryOperator<Schema> output, Transformer code) implements Transformer {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    NamedTransformer {
        if (!NAME.matcher(name).matches()) {
            throw MillraceException.user(
                    "'" + name + "' is not a transformer's name; it has letters, digits, '.', '_' and"
                            + " '-', begins with a letter or digit, and has at most 100 characters");
        }
    }

    @Override
    public Map<String, Object> transform(Map<String, Object> record) {
        return code.transform(record);
    }

    @Override
    public Schema outputSchema(Schema input) {
        return output.apply(input);
    }

    @Override
    public void reset() {
        code.reset();
    }
}
