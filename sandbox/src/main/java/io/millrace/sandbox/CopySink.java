package io.millrace.sandbox;

import java.io.IOException;
import java.sql.SQLException;

/** Takes whole rows of COPY text; the array is reused after the call. */
@FunctionalInterface
interface CopySink {
    /** How many bytes to gather for a call. */
    int CHUNK = 1 << 16;

    void write(byte[] bytes, int length) throws IOException, SQLException;
}
