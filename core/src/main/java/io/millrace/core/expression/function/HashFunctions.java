package io.millrace.core.expression.function;

import static io.millrace.api.data.DataType.BINARY;
import static io.millrace.api.data.DataType.STRING;

import io.millrace.core.expression.kernel.Argument;
import io.millrace.core.expression.kernel.Output;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Hashes with names: their values are the same everywhere and for ever. */
final class HashFunctions {
    private HashFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("xxhash64", new XxHashFunction());
        digest(table, "md5", "MD5");
        digest(table, "sha256", "SHA-256");
    }

    private static void digest(FunctionTable table, String name, String algorithm) {
        table.add(name, STRING, (a, row, out) -> digest(a[0], row, out, algorithm), STRING);
        table.add(name, STRING, (a, row, out) -> digest(a[0], row, out, algorithm), BINARY);
    }

    private static void digest(Argument argument, int row, Output out, String algorithm) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(Arrays.copyOfRange(argument.bytes(), argument.from(row), argument.to(row)));
            out.put(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
