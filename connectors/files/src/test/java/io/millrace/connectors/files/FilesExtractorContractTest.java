package io.millrace.connectors.files;

import io.millrace.testkit.extractor.ExtractorContract;
import io.millrace.testkit.extractor.ExtractorSubject;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every format, on the local disk and on S3. */
class FilesExtractorContractTest {
    private abstract static class Local implements ExtractorContract {
        @TempDir
        Path folder;

        ExtractorSubject subject(FileFormat format, String ending) {
            return new FilesSubject(SourceUnderTest.local(folder, "*" + ending), format, ending);
        }
    }

    private abstract static class Remote implements ExtractorContract {
        ExtractorSubject subject(FileFormat format, String ending) {
            return new FilesSubject(SourceUnderTest.remote("*" + ending), format, ending);
        }
    }

    @Nested
    class LocalParquet extends Local {
        @Override
        public ExtractorSubject subject() {
            return subject(FileFormat.PARQUET, ".parquet");
        }
    }

    @Nested
    class LocalCsv extends Local {
        @Override
        public ExtractorSubject subject() {
            return subject(FileFormat.CSV, ".csv");
        }
    }

    @Nested
    class LocalGzippedCsv extends Local {
        @Override
        public ExtractorSubject subject() {
            return subject(FileFormat.CSV, ".csv.gz");
        }
    }

    @Nested
    class LocalJsonLines extends Local {
        @Override
        public ExtractorSubject subject() {
            return subject(FileFormat.JSON_LINES, ".jsonl");
        }
    }

    @Nested
    class LocalZstdJsonLines extends Local {
        @Override
        public ExtractorSubject subject() {
            return subject(FileFormat.JSON_LINES, ".jsonl.zst");
        }
    }

    @Nested
    class RemoteParquet extends Remote {
        @Override
        public ExtractorSubject subject() {
            return subject(FileFormat.PARQUET, ".parquet");
        }
    }

    @Nested
    class RemoteCsv extends Remote {
        @Override
        public ExtractorSubject subject() {
            return subject(FileFormat.CSV, ".csv");
        }
    }

    @Nested
    class RemoteZstdCsv extends Remote {
        @Override
        public ExtractorSubject subject() {
            return subject(FileFormat.CSV, ".csv.zst");
        }
    }

    @Nested
    class RemoteJsonLines extends Remote {
        @Override
        public ExtractorSubject subject() {
            return subject(FileFormat.JSON_LINES, ".jsonl");
        }
    }

    @Nested
    class RemoteGzippedJsonLines extends Remote {
        @Override
        public ExtractorSubject subject() {
            return subject(FileFormat.JSON_LINES, ".jsonl.gz");
        }
    }
}
