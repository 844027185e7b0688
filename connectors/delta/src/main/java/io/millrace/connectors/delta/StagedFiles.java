package io.millrace.connectors.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Staged;
import java.util.Collection;
import java.util.List;

/** The data files of a piece as what a writer leaves for the commit. */
record StagedFiles(List<DataFile> files) {
    static final String CONNECTOR = "delta";
    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    long rows() {
        return files.stream().mapToLong(DataFile::rows).sum();
    }

    /** @param superseded how many of the rows the commit will leave out */
    Staged staged(long superseded) {
        try {
            return new Staged(CONNECTOR, VERSION, JSON.writeValueAsString(this), rows() - superseded);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static List<DataFile> of(Collection<Staged> pieces) {
        return pieces.stream().flatMap(piece -> of(piece).stream()).toList();
    }

    private static List<DataFile> of(Staged staged) {
        if (staged.connector().equals(CONNECTOR) && staged.version() == VERSION) {
            try {
                return JSON.readValue(staged.payload(), StagedFiles.class).files();
            } catch (JsonProcessingException damaged) {
                throw new MillraceException(
                        ErrorKind.STALE,
                        "a staged piece cannot be read: " + damaged.getOriginalMessage()
                                + "; start the run anew with --restart",
                        damaged);
            }
        }
        throw new MillraceException(
                ErrorKind.STALE,
                "a piece was staged by connector " + staged.connector() + ", format " + staged.version()
                        + "; this version reads " + CONNECTOR + ", format " + VERSION
                        + ". Finish the run with the version that began it, or start it anew with --restart");
    }
}
