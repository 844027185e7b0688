package io.millrace.core.config;

import io.millrace.api.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the text of a configuration file. */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * The file's text, without a byte order mark; empty, and a problem, where it is not UTF-8, empty or too large. A user
     * error where there is no such file or it cannot be read.
     *
     * @param file as the user typed it, for messages
     */
    public static Optional<String> read(Path file, Environment environment, Problems problems) {
        byte[] bytes = bytes(file, environment.directory().resolve(file), environment.files());
        if (bytes.length > YamlReader.MAX_LENGTH) {
            problems.add(
                    Place.named(file.toString()), "", "is larger than 1 MB, so it is hardly the file that is meant");
            return Optional.empty();
        }
        int start = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF
                ? 3
                : 0;
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            problems.add(
                    TextPlaces.at(text, text.codePointCount(0, text.length()), file.toString()),
                    "",
                    "is not UTF-8 text from here on; save the file as UTF-8");
            return Optional.empty();
        }
        if (text.isBlank()) {
            problems.add(Place.named(file.toString()), "", "the file is empty");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private static byte[] bytes(Path file, Path resolved, FileSource files) {
        if (Files.isDirectory(resolved)) {
            throw MillraceException.user(file + ": is a directory; name a file in it");
        }
        try (InputStream in = files.open(resolved)) {
            return in.readNBytes(YamlReader.MAX_LENGTH + 1);
        } catch (NoSuchFileException e) {
            throw MillraceException.user(file + ": there is no such file; looked for "
                    + resolved.toAbsolutePath().normalize());
        } catch (AccessDeniedException e) {
            throw MillraceException.user(file + ": may not be read by this user; change the file's permissions");
        } catch (IOException e) {
            throw MillraceException.user(file + ": cannot be read: " + e.getMessage());
        }
    }
}
