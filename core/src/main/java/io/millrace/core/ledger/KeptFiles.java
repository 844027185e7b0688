package io.millrace.core.ledger;

import io.millrace.api.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The table {@code files}: what a resume on another machine needs of this one's folder. Within transactions of the caller's. */
final class KeptFiles {
    private static final int PART = 4 << 20;

    /** What a file is for. */
    enum Kind {
        CLAIMS,
        REJECTS,
        LOOKUPS
    }

    private KeptFiles() {}

    static void put(Connection connection, String runId, Kind kind, Path folder, String name) throws SQLException {
        Path file = folder.resolve(name);
        try (InputStream in = Files.newInputStream(file)) {
            int part = 0;
            for (byte[] content = in.readNBytes(PART); content.length > 0 || part == 0; content = in.readNBytes(PART)) {
                Statements.execute(
                        connection,
                        "INSERT INTO files (run, kind, name, part, content) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT (run, kind, name, part) DO NOTHING",
                        runId,
                        kind.name(),
                        name,
                        part++,
                        content);
            }
        } catch (IOException failed) {
            throw MillraceException.unavailable("cannot read " + file + " (" + failed + ")", failed);
        }
    }

    static void remove(Connection connection, String runId, Kind kind) throws SQLException {
        Statements.execute(connection, "DELETE FROM files WHERE run = ? AND kind = ?", runId, kind.name());
    }

    /** The names of a run's files of a kind, those with the ending of a manifest last: they make the others count. */
    static List<String> names(Connection connection, String runId, Kind kind) throws SQLException {
        return Statements.select(
                connection,
                "SELECT DISTINCT name, name LIKE '%.json' AS manifest FROM files WHERE run = ? AND kind = ? ORDER BY manifest",
                row -> row.getString(1),
                runId,
                kind.name());
    }

    /** Writes the file into the folder, unless it is there or was never kept. */
    static void fetch(Connection connection, String runId, Kind kind, Path folder, String name) throws SQLException {
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
            return;
        }
        int parts = Statements.select(
                        connection,
                        "SELECT count(*) FROM files WHERE run = ? AND kind = ? AND name = ?",
                        row -> row.getInt(1),
                        runId,
                        kind.name(),
                        name)
                .get(0);
        if (parts == 0) {
            return;
        }
        Path temporary = folder.resolve("." + name + ".fetched");
        try {
            Files.createDirectories(folder);
            try (OutputStream out = Files.newOutputStream(temporary)) {
                for (int part = 0; part < parts; part++) {
                    List<byte[]> content = Statements.select(
                            connection,
                            "SELECT content FROM files WHERE run = ? AND kind = ? AND name = ? AND part = ?",
                            row -> row.getBytes(1),
                            runId,
                            kind.name(),
                            name,
                            part);
                    out.write(content.get(0));
                }
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw MillraceException.denied("cannot write to the state folder " + folder + " (" + failed + ")", failed);
        }
    }

    /**
     * A finished run needs its claims and the rows looked up in no more, nor what attempts left that do not count; one given up
     * needs nothing.
     */
    static void drop(Connection connection, String runId, RunState state) throws SQLException {
        switch (state) {
            case DONE -> Statements.execute(
                    connection,
                    "DELETE FROM files f WHERE run = ? AND (kind = ? OR kind = ? AND name NOT LIKE '%.json' OR kind = ? AND"
                            + " NOT EXISTS (SELECT 1 FROM pieces p WHERE p.run = f.run"
                            + " AND p.result::jsonb #>> '{rejects,payload}' = f.name))",
                    runId,
                    Kind.CLAIMS.name(),
                    Kind.LOOKUPS.name(),
                    Kind.REJECTS.name());
            case DISCARDED -> Statements.execute(connection, "DELETE FROM files WHERE run = ?", runId);
            case RUNNING, COMMITTING, FAILED, STOPPED -> {}
        }
    }
}
