package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.BatchReader;
import io.millrace.api.ByteSize;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.InvalidSetting;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.formats.csv.CsvSettings;
import io.millrace.testkit.extractor.RecordedRejects;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesReadingTest {
    @TempDir
    private Path folder;

    private SourceUnderTest source(String path) {
        return SourceUnderTest.local(folder, path);
    }

    private static void assertFails(ErrorKind kind, ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOf(MillraceException.class)
                .satisfies(failure -> assertThat(failure.getMessage()).contains(words))
                .extracting(failure -> ((MillraceException) failure).kind())
                .isEqualTo(kind);
    }

    @Test
    void findsFilesByFileFolderAndPattern() {
        SourceUnderTest all = source("a/b.csv");
        for (String key :
                List.of("a/b.csv", "a/c.csv", "a/d/e.csv", "a/_f.csv", "a/.g.csv", "a/_tmp/h.csv", "a/i.txt")) {
            all.put(key, "name\n" + key + "\n");
        }
        assertThat(all.read().values("name")).containsExactly("a/b.csv");
        String[][] cases = {
            {"a/*.csv", "a/b.csv", "a/c.csv"},
            {"a/**/*.csv", "a/b.csv", "a/c.csv", "a/d/e.csv"},
            {"**/[de]*.csv", "a/d/e.csv"},
            {"a/{b,c}.csv", "a/b.csv", "a/c.csv"},
            {"a/?.csv", "a/b.csv", "a/c.csv"},
            {"a/[!b].csv", "a/c.csv"},
            {"*/d/e.csv", "a/d/e.csv"},
        };
        for (String[] one : cases) {
            Object[] expected = Arrays.copyOfRange(one, 1, one.length, Object[].class);
            assertThat(source(one[0]).read().values("name")).as(one[0]).containsExactly(expected);
        }
        SourceUnderTest whole = source("a");
        whole.format = Optional.of(FileFormat.CSV);
        assertThat(whole.read().values("name")).containsExactly("a/b.csv", "a/c.csv", "a/d/e.csv", "a/i.txt");
        assertFails(ErrorKind.USER, () -> source("x/*.csv").read(), "there is no file", "x/*.csv");
    }

    @Test
    void givesColumnsFromFolders() {
        SourceUnderTest source = source("dt=*/**/*.csv");
        source.put("dt=2024-01-01/city=S%C3%A3o%20P/a.csv", "id\n1\n");
        source.put("dt=2024-01-02/city=__HIVE_DEFAULT_PARTITION__/a.csv", "id\n2\n");
        source.partitions = Map.of("dt", DataType.DATE);
        assertThat(source.read().rows())
                .extracting(row -> row.get("id") + " " + row.get("dt") + " " + row.get("city"))
                .containsExactly("1 2024-01-01 S\u00C3\u00A3o P", "2 2024-01-02 null");
        assertThat(source.read().values("dt")).first().isInstanceOf(LocalDate.class);
        source.put("dt=today/city=x/a.csv", "id\n3\n");
        assertFails(ErrorKind.USER, source::read, "dt=today", "is no date");
    }

    @Test
    void placesRejectsByFileLineAndByte() {
        SourceUnderTest source = source("*.csv");
        source.column("id", "int64").column("name", "string");
        source.put("a.csv", "id,name\n1,a\n2\n3,\"x\ny\"\nfour,d\n5,e\n");
        SourceUnderTest.Result result = source.read();
        assertThat(result.values("id")).containsExactly(1L, 3L, 5L);
        assertThat(result.rejects())
                .extracting(reject ->
                        reject.ordinal() + " " + reject.column() + " " + reject.reason() + " | " + reject.rawValue())
                .containsExactly(
                        "1 null has not 2 values | " + folder + "/a.csv line 3, byte 12: 2",
                        "3 id is not a whole number (int64) | " + folder + "/a.csv line 6, byte 22: four");
        assertThat(result.rowsRead()).isEqualTo(5);
        SourceUnderTest json = source("*.jsonl");
        json.column("id", "int64");
        json.put("a.jsonl", "{\"id\":1}\n\n{\"id\":\n{\"id\":2}");
        result = json.read();
        assertThat(result.values("id")).containsExactly(1L, 2L);
        assertThat(result.rejects()).singleElement().satisfies(reject -> assertThat(reject.rawValue())
                .startsWith(folder + "/a.jsonl line 3, byte 10: {\"id\":"));
    }

    @Test
    void readsLargeFilesInPartsWithTheSameRowsAndRejects() {
        StringBuilder csv = new StringBuilder("id,text\n");
        StringBuilder json = new StringBuilder();
        List<Object> ids = new ArrayList<>();
        for (long i = 0; i < 3000; i++) {
            boolean bad = i % 101 == 0;
            csv.append(bad ? "x" : i)
                    .append(",\"")
                    .append("t".repeat((int) (i % 50)))
                    .append("\"\n");
            json.append("{\"id\":").append(bad ? "\"x\"" : i).append(",\"text\":\"é\"}\n");
            if (!bad) {
                ids.add(i);
            }
        }
        for (String ending : List.of("csv", "jsonl")) {
            SourceUnderTest source = source("big." + ending);
            source.put("big." + ending, ending.equals("csv") ? csv.toString() : json.toString());
            source.column("id", "int64").column("text", "string");
            if (ending.equals("csv")) {
                source.csv = Optional.of(new CsvSettings(true, ",", "\"", Optional.empty(), "", false));
            }
            source.splitSize = ByteSize.parse("5KB");
            SourceUnderTest.Result result = source.read();
            assertThat(result.splits()).as(ending).isGreaterThan(10);
            assertThat(result.values("id")).isEqualTo(ids);
            assertThat(result.rejects()).hasSize(30);
            assertThat(result.rejects().get(15).rawValue()).contains("behind byte ", ", line ", ", byte ");
        }
    }

    @Test
    void doesNotCutCsvWithQuotedLineEnds() {
        SourceUnderTest source = source("a.csv");
        source.put("a.csv", "id,t\n" + "1,\"a\nb\"\n".repeat(2000));
        source.splitSize = ByteSize.parse("4KB");
        SourceUnderTest.Result result = source.read();
        assertThat(result.splits()).isEqualTo(1);
        assertThat(result.rows()).hasSize(2000);
    }

    @Test
    void readsSmallFilesTogether() {
        SourceUnderTest source = source("*.csv");
        for (int i = 0; i < 20; i++) {
            source.put(String.format("%02d.csv", i), "id\n" + i + "\nx\n");
        }
        source.column("id", "int64");
        SourceUnderTest.Result result = source.read();
        assertThat(result.splits()).isEqualTo(1);
        assertThat(result.rows()).hasSize(20);
        assertThat(result.rejects())
                .extracting(reject -> reject.ordinal())
                .startsWith(1L, 3L, 5L)
                .hasSize(20);
    }

    @Test
    void takesHeadersInAnyOrderAndNamesWhatIsMissing() {
        SourceUnderTest source = source("*.csv");
        source.put("1.csv", "a,b\n1,2\n").put("2.csv", "b,c,a\n4,9,3\n");
        source.column("a", "int64").column("b", "int64");
        assertThat(source.read().values("b")).containsExactly(2L, 4L);
        source.put("3.csv", "a,c\n1,2\n");
        assertFails(ErrorKind.USER, source::read, "3.csv", "has no column 'b'");
    }

    @Test
    void readsCsvWithoutHeader() {
        SourceUnderTest source = source("a.csv");
        source.put("a.csv", "1,x\n2,y\n");
        source.csv = Optional.of(new CsvSettings(false, ",", "\"", Optional.empty(), "", true));
        assertThat(source.read().values("column_2")).containsExactly("x", "y");
        source.column("id", "int64").column("name", "string");
        source.columns = List.of("name");
        assertThat(source.read().rows()).containsExactly(Map.of("name", "x"), Map.of("name", "y"));
    }

    @Test
    void readsOnlyTheColumnsAskedForAndFiltersByOneThatIsNot() {
        SourceUnderTest csv = source("a.csv");
        csv.put("a.csv", "id,at,t\n1,2024-01-01T00:00:00Z,x\n2,2024-01-02T00:00:00Z,y\n");
        csv.columns = List.of("t");
        csv.timeColumn = Optional.of("at");
        TimeWindow window =
                TimeWindow.between(Instant.parse("2024-01-02T00:00:00Z"), null).orElseThrow();
        SourceUnderTest.Result result = csv.read(ExtractRequest.of(Optional.of(window), 10));
        assertThat(result.rows()).containsExactly(Map.of("t", "y"));
        assertThat(result.rowsRead()).isEqualTo(1);
        csv.timeColumn = Optional.of("t");
        assertFails(ErrorKind.USER, csv::read, "time_column", "'t' is string");
        csv.timeColumn = Optional.of("att");
        assertFails(ErrorKind.USER, csv::read, "did you mean 'at'?");
        csv.timeColumn = Optional.empty();
        csv.columns = List.of("tt");
        assertFails(ErrorKind.USER, csv::read, "no column 'tt'", "they have [id, at, t]");
    }

    @Test
    void countsRowsOfTextWithoutATimeThatAWindowLeavesOut() {
        SourceUnderTest source = source("a.csv").column("id", "int64").column("created_at", "timestamp");
        source.put(
                "a.csv",
                "id,created_at\n1,2024-01-01T00:00:00Z\n2,\nbad,\n3,2024-01-02T00:00:00Z\n4,\n5,2024-01-01T12:00:00Z\n");
        Optional<TimeWindow> day =
                TimeWindow.between(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-02T00:00:00Z"));
        try (Extractor extractor = source.extractor()) {
            Split split = extractor.plan(ExtractRequest.of(day, 100)).splits().next();
            // A second attempt at the split counts once.
            for (int attempt = 0; attempt < 2; attempt++) {
                RecordedRejects rejects = new RecordedRejects();
                try (BatchReader reader = extractor.open(split, Optional.empty(), rejects)) {
                    Batch batch = reader.next();
                    assertThat(batch.records()).extracting("id").containsExactly(1L, 5L);
                    assertThat(batch.origin().orElseThrow().ordinal(1)).isEqualTo(4);
                    assertThat(reader.next()).isNull();
                    assertThat(reader.rowsRead()).isEqualTo(5);
                }
                assertThat(rejects.filtered()).isEqualTo(2);
                assertThat(rejects.all())
                        .extracting(RecordedRejects.Reject::ordinal)
                        .containsExactly(2L);
            }
            assertThat(extractor.notices()).singleElement().asString().startsWith("2 rows have no created_at");
        }
        try (Extractor everything = source.extractor()) {
            Split split =
                    everything.plan(ExtractRequest.everything(100)).splits().next();
            assertThat(SourceUnderTest.read(everything, List.of(split)).rows()).hasSize(5);
            assertThat(everything.notices()).isEmpty();
        }
    }

    @Test
    void leavesOutRowGroupsThatHoldNoRowOfTheWindow() {
        SourceUnderTest source = source("a.parquet");
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", (long) i);
            row.put("created_at", Instant.parse("2024-01-01T00:00:00Z").plusSeconds(i));
            rows.add(row);
        }
        source.put("a.parquet", FilesSubject.parquet(rows));
        Optional<TimeWindow> window =
                TimeWindow.between(Instant.parse("2024-01-01T00:10:00Z"), Instant.parse("2024-01-01T00:11:00Z"));
        try (Extractor extractor = source.extractor()) {
            Split split =
                    extractor.plan(ExtractRequest.of(window, 100)).splits().next();
            assertThat(split.estimatedRows()).isEqualTo(300);
            assertThat(SourceUnderTest.read(extractor, List.of(split)).rows()).hasSize(60);
        }
    }

    @Test
    void readsMissingParquetColumnsAsNullOnlyWhereTheyAreDeclared() throws Exception {
        SourceUnderTest source = source("*.parquet");
        source.put("1.parquet", FilesSubject.parquet(List.of(Map.of("id", 1L))));
        source.column("id", "int64").column("later", "string");
        assertThat(source.read().rows()).singleElement().satisfies(row -> assertThat(row.get("later"))
                .isNull());
        source.schema = new LinkedHashMap<>();
        source.column("id", "string");
        assertFails(ErrorKind.USER, source::read, "column 'id' is int64 in", "but string elsewhere");
    }

    @Test
    void namesParquetThatIsDamaged() {
        SourceUnderTest source = source("*.parquet");
        byte[] good = FilesSubject.parquet(List.of(Map.of("id", 1L)));
        byte[] bad = good.clone();
        Arrays.fill(bad, 4, 40, (byte) 0xff);
        source.put("1.parquet", good).put("2.parquet", bad);
        assertFails(ErrorKind.USER, source::read, "2.parquet", "cannot be read as Parquet");
        source.put("2.parquet", "PAR1 but no Parquet PAR1");
        assertFails(ErrorKind.USER, source::read, "2.parquet", "cannot be read as Parquet");
    }

    @Test
    void noticesDamagedArchives() throws Exception {
        byte[] text = "id\n1\n2\n".getBytes(StandardCharsets.UTF_8);
        byte[] gzip = FilesSubject.packed(text, ".gz");
        SourceUnderTest source = source("a.csv.gz");
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.write(gzip);
        twice.write(FilesSubject.packed("3\n".getBytes(StandardCharsets.UTF_8), ".gz"));
        source.put("a.csv.gz", twice.toByteArray());
        assertThat(source.read().values("id")).containsExactly(1L, 2L, 3L);
        twice.write("garbage".getBytes(StandardCharsets.UTF_8));
        byte[] crc = gzip.clone();
        crc[crc.length - 6] ^= 1;
        for (byte[] damaged : List.of(
                twice.toByteArray(), Arrays.copyOf(gzip, gzip.length - 4), crc, Arrays.copyOf(gzip, 12), text)) {
            source.put("a.csv.gz", damaged);
            assertFails(
                    ErrorKind.USER,
                    source::read,
                    "the archive " + folder + "/a.csv.gz is damaged behind unpacked byte");
        }
        SourceUnderTest zstd = source("a.csv.zst");
        byte[] packed = FilesSubject.packed("id\n1\n".repeat(1).getBytes(StandardCharsets.UTF_8), ".zst");
        for (byte[] damaged :
                List.of(Arrays.copyOf(packed, packed.length - 3), Arrays.copyOf(packed, packed.length + 9))) {
            zstd.put("a.csv.zst", damaged);
            assertFails(ErrorKind.USER, zstd::read, "a.csv.zst is damaged");
        }
    }

    @Test
    void stopsUnpackingAtTheLimit() {
        SourceUnderTest source = source("a.csv.gz");
        source.put(
                "a.csv.gz",
                FilesSubject.packed(("id\n" + "1\n".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8), ".gz"));
        source.unpackedLimit = ByteSize.parse("1MB");
        assertFails(ErrorKind.USER, source::read, "unpacks to more than 1MB", "raise unpacked_limit");
    }

    @Test
    void rejectsLinesBeyondTheLimitAndGoesOn() {
        SourceUnderTest source = source("a.jsonl");
        source.column("id", "int64");
        source.recordLimit = ByteSize.parse("1KB");
        source.put("a.jsonl", "{\"id\":1}\n{\"id\":2,\"x\":\"" + "y".repeat(900_000) + "\"}\n{\"id\":3}\n");
        SourceUnderTest.Result result = source.read();
        assertThat(result.values("id")).containsExactly(1L, 3L);
        assertThat(result.rejects()).singleElement().satisfies(reject -> {
            assertThat(reject.reason()).isEqualTo("is longer than 1024 bytes");
            assertThat(reject.rawValue()).contains("line 2, byte 9: {\"id\":2");
        });
    }

    @Test
    void refusesToReadAFileThatChangedSinceThePlan() {
        SourceUnderTest source = source("*.csv");
        source.put("a.csv", "id\n1\n").put("b.csv", "id\n2\n");
        try (Extractor extractor = source.extractor()) {
            List<Split> splits = new ArrayList<>();
            extractor.plan(ExtractRequest.everything(10)).splits().forEachRemaining(splits::add);
            source.put("b.csv", "id\n22\n");
            assertFails(
                    ErrorKind.STALE,
                    () -> SourceUnderTest.read(extractor, splits),
                    "b.csv has changed since it was planned");
        }
    }

    @Test
    void pinsTheColumnsThatWereInferred() {
        SourceUnderTest source = source("*.csv");
        source.put("b.csv", "id\n1\n");
        String pin;
        try (Extractor extractor = source.extractor()) {
            Plan plan = extractor.plan(ExtractRequest.everything(10));
            pin = plan.pin();
            assertThat(extractor.check(pin)).isEqualTo(PinState.VALID);
        }
        source.put("c.csv", "id\nx\n");
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.check(pin)).isEqualTo(PinState.VALID);
        }
        source.put("a.csv", "id\nx\n");
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.check(pin)).isEqualTo(PinState.RESTART);
        }
    }

    @Test
    void aResumedRunHasThePlannedColumnsWhateverFilesHaveComeSince() {
        Map<String, String> first = new LinkedHashMap<>();
        first.put("csv", "id,when\n1,2024-01-01\n");
        first.put("jsonl", "{\"id\":1,\"when\":\"x\"}\n");
        Map<String, String> later = new LinkedHashMap<>();
        later.put("csv", "id,other\nx,y\n");
        later.put("jsonl", "{\"id\":\"x\",\"other\":true}\n");
        for (String format : first.keySet()) {
            SourceUnderTest source = source("dt=*/*." + format);
            source.put("dt=2/b." + format, first.get(format));
            Plan plan;
            List<Split> splits = new ArrayList<>();
            Schema schema;
            try (Extractor planner = source.extractor()) {
                plan = planner.plan(ExtractRequest.everything(10));
                plan.splits().forEachRemaining(splits::add);
                schema = planner.schema();
            }
            source.put("dt=1/a." + format, later.get(format));
            try (Extractor anew = source.extractor()) {
                assertThat(anew.schema()).isNotEqualTo(schema);
            }
            try (Extractor resumed = source.extractor()) {
                resumed.resume(plan.pin());
                assertThat(resumed.schema()).isEqualTo(schema);
                assertThat(resumed.check(plan.pin())).isEqualTo(PinState.VALID);
                assertThat(SourceUnderTest.read(resumed, splits).values("id")).containsExactly(1L);
            }
            // A worker elsewhere has nothing but the split.
            try (Extractor worker = source.extractor()) {
                assertThat(SourceUnderTest.read(worker, splits).values("id")).containsExactly(1L);
                assertThat(worker.schema()).isEqualTo(schema);
            }
        }
    }

    @Test
    void aPinOfAnotherVersionIsPassedOver() {
        SourceUnderTest source = source("*.csv");
        source.put("b.csv", "id\n1\n");
        try (Extractor extractor = source.extractor()) {
            extractor.resume("{\"format\":1,\"columns\":\"id int64, []\"}");
            assertThat(extractor.schema().names()).containsExactly("id");
            assertThat(extractor.check("{\"format\":1,\"columns\":\"id int64, []\"}"))
                    .isEqualTo(PinState.RESTART);
        }
    }

    @Test
    void takesEachFileInOneIncrement() throws Exception {
        SourceUnderTest source = source("*.csv");
        source.incremental = true;
        source.put("a.csv", "id\n1\n").put("b.csv", "id\n2\n");
        Optional<String> position = increment(source, Optional.empty(), 1L, 2L);
        position = increment(source, position);
        source.put("c.csv", "id\n3\n");
        position = increment(source, position, 3L);
        source.put("a.csv", "id\n4\n");
        position = increment(source, position, 4L);
        // One that was written earlier and only now appears.
        source.put("0.csv", "id\n5\n");
        Files.setLastModifiedTime(
                folder.resolve("0.csv"), FileTime.from(Instant.now().minusSeconds(3600)));
        position = increment(source, position, 5L);
        // And one that appears too late.
        source.put("1.csv", "id\n6\n");
        Files.setLastModifiedTime(
                folder.resolve("1.csv"), FileTime.from(Instant.now().minusSeconds(48 * 3600)));
        increment(source, position);
    }

    private static Optional<String> increment(SourceUnderTest source, Optional<String> position, Object... ids) {
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.incremental()).isTrue();
            Plan plan = extractor.plan(new ExtractRequest(Optional.empty(), position, Optional.empty(), 10));
            List<Split> splits = new ArrayList<>();
            plan.splits().forEachRemaining(splits::add);
            assertThat(SourceUnderTest.read(extractor, splits).values("id")).containsExactlyInAnyOrder(ids);
            assertThat(plan.nextPosition()).isPresent();
            return plan.nextPosition();
        }
    }

    @Test
    void remembersOnlyTheFilesOfOneOverlap() throws Exception {
        SourceUnderTest source = source("*.csv");
        source.incremental = true;
        Instant now = Instant.now();
        for (int i = 0; i < 100; i++) {
            String key = String.format("%02d.csv", i);
            source.put(key, "id\n1\n");
            Files.setLastModifiedTime(folder.resolve(key), FileTime.from(now.minusSeconds(i * 36_000L)));
        }
        String position = increment(
                        source,
                        Optional.empty(),
                        Collections.nCopies(100, (Object) 1L).toArray())
                .orElseThrow();
        assertThat(SeenFiles.parse(position).hashes()).hasSize(3);
        assertFails(
                ErrorKind.STALE, () -> increment(source, Optional.of("horizon=17")), "is not one of files", "--full");
    }

    @Test
    void aDeclaredSourceMayHaveNoFileYet() {
        SourceUnderTest source = source("*.csv");
        source.column("id", "int64");
        try (Extractor extractor = source.extractor()) {
            Plan plan = extractor.plan(ExtractRequest.everything(10));
            assertThat(plan.splits().hasNext()).isFalse();
            assertThat(plan.warnings()).singleElement().asString().contains("no file matches");
        }
    }

    @Test
    void refusesSettingsThatDoNotFit() {
        assertRefused("format", source("a.txt"));
        SourceUnderTest csvOfJson = source("a.jsonl");
        csvOfJson.csv = Optional.of(CsvSettings.DEFAULT);
        assertRefused("csv", csvOfJson);
        SourceUnderTest packedParquet = source("a.parquet");
        packedParquet.compression = FileCompression.GZIP;
        assertRefused("compression", packedParquet);
        assertRefused("schema", source("a.csv").column("l", "list(int64)"));
        assertThatThrownBy(() -> SourceOptions.checkLocal("s3://bucket/a.csv"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("extract: s3");
        assertThatThrownBy(() -> SourceOptions.checkRemote("s3://buck*/a.csv")).isInstanceOf(InvalidSetting.class);
        assertThatThrownBy(() -> SourceOptions.checkRemote("/a.csv")).hasMessageContaining("extract: files");
    }

    private static void assertRefused(String key, SourceUnderTest source) {
        assertThatThrownBy(source::extractor)
                .isInstanceOf(InvalidSetting.class)
                .extracting(failure -> ((InvalidSetting) failure).key())
                .isEqualTo(key);
    }
}
