package io.millrace.features.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.BatchReader;
import io.millrace.api.CommitId;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Split;
import io.millrace.api.Staged;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.config.Environment;
import io.millrace.core.pipeline.Catalog;
import io.millrace.features.AsOfRange;
import io.millrace.features.FeatureDefinition;
import io.millrace.features.FeaturesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TileStoreTest {
    private static final LocalDate FIRST = LocalDate.of(2024, 2, 20);

    @TempDir
    Path folder;

    private final Random random = new Random(7);
    private final Lineage lineage = new Lineage("view.tiles", "run-1");

    private FeatureDefinition definition(String window, String measure) {
        return FeaturesFile.ofMap(
                        Map.of(
                                "features", "view",
                                "entity", "user",
                                "events", Map.of("time", "ts", "tie_break", List.of("id")),
                                "per", "day",
                                "measures", Map.of("n", Map.of("measure", measure, "window", window)),
                                "tiles", "tiles"),
                        List.of(),
                        Optional.empty(),
                        new Environment(Map.of(), folder),
                        Catalog.of(List.of(), List.of()))
                .definition();
    }

    private static AsOfRange days(FeatureDefinition definition, int from, int to) {
        return new AsOfRange(
                AsOfRange.day(definition.view(), FIRST.plusDays(from)).after(),
                AsOfRange.day(definition.view(), FIRST.plusDays(to)).until());
    }

    /** Makes tiles as a run would, up to its commit. */
    private List<Staged> stage(FeatureDefinition definition, AsOfRange days, Fence fence) {
        TileProvenance provenance = new TileProvenance();
        provenance.position("position 5");
        List<Map<String, Object>> events = RandomEvents.make(
                random, 300, days.after(), List.of(days.after().plusSeconds(86_400)));
        Run.Result tiles = new Run(random)
                .of(new TileStep(new FeatureStep(definition.view(), days), provenance), RandomEvents.SCHEMA, events);
        TileLoader loader = new TileLoader(TileStore.of(definition), days, provenance);
        List<Staged> staged = new ArrayList<>();
        int half = tiles.rows().size() / 2;
        for (List<Map<String, Object>> rows : List.of(
                tiles.rows().subList(0, half),
                tiles.rows().subList(half, tiles.rows().size()))) {
            try (StagingWriter writer =
                    loader.open(new WriteTask(lineage, "run-1", "piece", 0, fence), tiles.schema())) {
                writer.write(Batch.ofRecords(tiles.schema(), rows), new Run.Counted());
                staged.add(writer.stage());
            }
        }
        return staged;
    }

    private Fence prepare(FeatureDefinition definition, AsOfRange days) {
        return loader(definition, days)
                .prepare(new LoadRequest(Schema.of(), lineage, Optional.of(days.window()), Instant.EPOCH));
    }

    private static TileLoader loader(FeatureDefinition definition, AsOfRange days) {
        return new TileLoader(TileStore.of(definition), days, new TileProvenance());
    }

    private void make(FeatureDefinition definition, AsOfRange days) {
        Fence fence = prepare(definition, days);
        List<Staged> staged = stage(definition, days, fence);
        CommitId id = new CommitId(lineage, "run-1", 1, fence);
        loader(definition, days).commit(id, staged);
        loader(definition, days).commit(id, staged);
        loader(definition, days).cleanup(lineage, List.of());
    }

    private static List<Map<String, Object>> read(FeatureDefinition definition, AsOfRange range) {
        TileStore store = TileStore.of(definition);
        List<Map<String, Object>> rows = new ArrayList<>();
        try (TileExtractor extractor = new TileExtractor(
                store, definition.view(), range, store.events(range).orElseThrow())) {
            for (Split split : splits(extractor)) {
                try (BatchReader reader = extractor.open(split, Optional.empty(), new Run.Counted())) {
                    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                        rows.addAll(batch.records());
                    }
                }
            }
        }
        return rows;
    }

    private static List<Split> splits(TileExtractor extractor) {
        List<Split> splits = new ArrayList<>();
        extractor.plan(ExtractRequest.everything(100)).splits().forEachRemaining(splits::add);
        return splits;
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        FeatureDefinition definition = definition("3d", "count(*)");
        AsOfRange range = days(definition, 2, 4);
        assertThat(TileStore.of(definition).missing(range, Optional.empty())).containsExactly(days(definition, 0, 4));
        make(definition, days(definition, 0, 4));
        assertThat(TileStore.of(definition).missing(range, Optional.empty())).isEmpty();
        assertThat(read(definition, range)).isNotEmpty();
        TileManifest day = TileStore.of(definition).current("2024-02-21").orElseThrow();
        assertThat(day.run()).isEqualTo("run-1");
        assertThat(day.files()).isNotEmpty().allMatch(file -> file.position().equals("position 5"));
        assertThat(folder.resolve("tiles/.staging/run-1")).doesNotExist();
    }

    @Test
    void onlyDaysThatAreNotThereAreMissing() {
        FeatureDefinition definition = definition("3d", "count(*)");
        make(definition, days(definition, 1, 2));
        TileStore store = TileStore.of(definition);
        assertThat(store.missing(days(definition, 2, 4), Optional.empty()))
                .containsExactly(days(definition, 0, 0), days(definition, 3, 4));
        assertThat(store.missing(days(definition, 3, 4), Optional.of(FIRST.plusDays(2))))
                .containsExactly(days(definition, 2, 4));
    }

    @Test
    void anotherWindowKeepsTilesAndAnotherMeasureDoesNot() {
        FeatureDefinition definition = definition("3d", "count(*)");
        AsOfRange range = days(definition, 2, 2);
        make(definition, days(definition, 0, 2));
        assertThat(TileStore.of(definition("2d", "count(*)")).missing(range, Optional.empty()))
                .isEmpty();
        assertThat(TileStore.of(definition("3d", "count(item)")).missing(range, Optional.empty()))
                .containsExactly(days(definition, 0, 2));
    }

    @Test
    void whatIsDamagedIsNotBelieved() throws IOException {
        FeatureDefinition definition = definition("3d", "count(*)");
        AsOfRange range = days(definition, 2, 2);
        make(definition, days(definition, 0, 2));
        TileStore store = TileStore.of(definition);
        TileFile file = store.current("2024-02-21").orElseThrow().files().get(0);
        Path path = store.folder(file.day()).resolve(file.name());
        byte[] bytes = Files.readAllBytes(path);
        for (int at : new int[] {0, 15, bytes.length - 1}) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            Files.write(path, damaged);
            assertThatThrownBy(() -> read(definition, range))
                    .hasMessageContaining("add --refresh 2024-02-21")
                    .isInstanceOfSatisfying(MillraceException.class, error -> assertThat(error.kind())
                            .isEqualTo(ErrorKind.STALE));
        }
        Files.write(path, Arrays.copyOf(bytes, bytes.length - 3));
        assertThatThrownBy(() -> read(definition, range)).hasMessageContaining("is not as long as it was");
        Files.write(path, bytes);
        assertThat(read(definition, range)).isNotEmpty();
        String manifest = Files.readString(store.manifest("2024-02-21"));
        Files.writeString(store.manifest("2024-02-21"), manifest.replaceFirst("run-1", "run-2"));
        assertThat(store.missing(range, Optional.empty())).containsExactly(days(definition, 1, 1));
    }

    @Test
    void tilesMadeAnewEndRunsThatReadTheOldOnes() {
        FeatureDefinition definition = definition("3d", "count(*)");
        AsOfRange range = days(definition, 2, 2);
        make(definition, days(definition, 0, 2));
        TileStore store = TileStore.of(definition);
        try (TileExtractor extractor = new TileExtractor(store, definition.view(), range, RandomEvents.SCHEMA)) {
            String pin = extractor.plan(ExtractRequest.everything(100)).pin();
            assertThat(extractor.check(pin)).isEqualTo(PinState.VALID);
            make(definition, days(definition, 1, 1));
            assertThat(extractor.check(pin)).isEqualTo(PinState.RESTART);
        }
    }

    @Test
    void whoWasTakenOverCommitsNothing() {
        FeatureDefinition definition = definition("3d", "count(*)");
        AsOfRange days = days(definition, 0, 2);
        Fence old = prepare(definition, days);
        List<Staged> staged = stage(definition, days, old);
        prepare(definition, days);
        assertThatThrownBy(() -> loader(definition, days).commit(new CommitId(lineage, "run-1", 1, old), staged))
                .isInstanceOfSatisfying(MillraceException.class, error -> assertThat(error.kind())
                        .isEqualTo(ErrorKind.FENCED));
        assertThat(TileStore.of(definition).current("2024-02-20")).isEmpty();
    }
}
