package com.example.reviews;

import io.millrace.api.Extractor;
import io.millrace.testkit.extractor.ExtractorContract;
import io.millrace.testkit.extractor.ExtractorSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** What every extractor promises, on a file that grows. */
class LinesExtractorTest implements ExtractorContract {
    @TempDir
    Path folder;

    @Override
    public ExtractorSubject subject() {
        return new Subject(folder.resolve("lines-" + System.nanoTime() + ".txt"));
    }

    private static final class Subject implements ExtractorSubject {
        private final Path file;
        private int lines;

        Subject(Path file) {
            this.file = file;
            add(2000);
        }

        private void add(int count) {
            try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (int i = 0; i < count; i++) {
                    out.write(bytes(lines++));
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** Every thousandth line is no UTF-8. */
        private static byte[] bytes(int line) {
            return line % 1000 == 7 ? new byte[] {'b', (byte) 0xff, '\n'} : ("日本 " + line + "\n").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Extractor extractor() {
            return new LinesExtractor(file);
        }

        @Override
        public boolean hasSeveralSplits() {
            return false;
        }

        @Override
        public List<Map<String, Object>> rows() {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int line = 0; line < lines; line++) {
                if (line % 1000 != 7) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("line", line + 1L);
                    row.put("text", "日本 " + line);
                    rows.add(row);
                }
            }
            return rows;
        }

        @Override
        public long undecodableRows() {
            return (lines + 992) / 1000;
        }

        @Override
        public void addRows() {
            add(100);
        }

        @Override
        public Optional<String> secret() {
            return Optional.empty();
        }

        @Override
        public Optional<Extractor> missing() {
            return Optional.of(new LinesExtractor(file.resolveSibling("none.txt")));
        }

        @Override
        public Optional<Extractor> unreachable() {
            return Optional.empty();
        }

        @Override
        public Optional<Extractor> denied() {
            return Optional.empty();
        }

        @Override
        public Optional<Extractor> silent() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
