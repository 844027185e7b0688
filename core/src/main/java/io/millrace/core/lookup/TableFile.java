package io.millrace.core.lookup;

import io.millrace.api.DurableFiles;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** A table's rows in a run's folder: {@code <step>.rows}, and {@code <step>.json} with what it holds. */
final class TableFile {
    private static final int BUFFER = 1 << 18;

    private final Path folder;
    private final String step;

    TableFile(Path folder, String step) {
        this.folder = folder;
        this.step = step;
    }

    Path rows() {
        return folder.resolve(step + ".rows");
    }

    Path manifestFile() {
        return folder.resolve(step + ".json");
    }

    /** STALE where it is missing or damaged. */
    TableManifest manifest() {
        try {
            return TableManifest.parse(Files.readString(manifestFile()));
        } catch (NoSuchFileException missing) {
            throw stale(missing.getFile() + " is missing", missing);
        } catch (IOException unreadable) {
            throw stale(manifestFile() + " cannot be read (" + unreadable + ")", unreadable);
        }
    }

    /** Makes the rows, already durable, count. */
    void complete(TableManifest manifest) {
        try {
            DurableFiles.syncDirectory(folder);
            DurableFiles.write(manifestFile(), manifest.toJson().getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw cannotWrite(folder, failed);
        }
    }

    static MillraceException cannotWrite(Path folder, IOException failed) {
        return MillraceException.unavailable(
                "cannot store the rows of a look-up in " + folder + " (" + failed
                        + "); see that the disk has space and the folder can be written",
                failed);
    }

    /** What was read: all columns, complete and checked. */
    record Content(TableManifest manifest, List<Column> columns) {}

    /** STALE where a file is missing or damaged. */
    Content read(TableManifest manifest) {
        try {
            if (!checksum().equals(manifest.checksum())) {
                throw stale(rows() + " is damaged (its checksum is not the recorded one)", null);
            }
            GrowingColumn[] columns = manifest.schema().fields().stream()
                    .map(field -> GrowingColumn.of(field.type()))
                    .toArray(GrowingColumn[]::new);
            for (int i = 0; i < columns.length; i++) {
                columns[i].reserve(
                        Math.toIntExact(manifest.rows()), manifest.text().get(i));
            }
            try (FileChannel channel = FileChannel.open(rows(), StandardOpenOption.READ)) {
                if (TableInput.readInto(channel, manifest.schema(), columns) != manifest.rows()) {
                    throw stale(rows() + " does not hold the recorded " + manifest.rows() + " rows", null);
                }
            }
            return new Content(
                    manifest, Arrays.stream(columns).map(GrowingColumn::column).toList());
        } catch (NoSuchFileException missing) {
            throw stale(missing.getFile() + " is missing", missing);
        } catch (IOException | ArithmeticException unreadable) {
            throw stale(rows() + " cannot be read (" + unreadable + ")", unreadable);
        }
    }

    private String checksum() throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(rows())) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                checksum.update(buffer, 0, read);
            }
        }
        return TableOutput.text(checksum);
    }

    private MillraceException stale(String problem, Throwable cause) {
        return new MillraceException(
                ErrorKind.STALE,
                "the rows that step '" + step + "' looked up in cannot be used any more: " + problem
                        + "; finished pieces may not be mixed with what the table holds now",
                cause);
    }
}
