package io.millrace.core.reject;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.millrace.api.MillraceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** Reads reject files, row by row, whatever their size. */
public final class RejectReader {
    /** Decimals keep all their digits. */
    private static final ObjectReader ROWS = new ObjectMapper()
            .readerFor(RejectedRow.class)
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private RejectReader() {}

    /** A line of a reject file. */
    static RejectedRow parse(String line) throws IOException {
        return ROWS.readValue(line);
    }

    /** Passes the rows of these files in order until the visitor returns false. */
    public static void read(List<Path> files, Predicate<RejectedRow> visitor) {
        for (Path file : files) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!visitor.test(parse(line))) {
                        return;
                    }
                }
            } catch (IOException failed) {
                throw MillraceException.denied(
                        "cannot read the rejected rows in " + file + " (" + failed.getMessage()
                                + "); were its files moved or cut?",
                        failed);
            }
        }
    }
}
