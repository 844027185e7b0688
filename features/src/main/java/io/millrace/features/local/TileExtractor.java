package io.millrace.features.local;

import com.fasterxml.jackson.core.type.TypeReference;
import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.data.Schema;
import io.millrace.features.AsOfRange;
import io.millrace.features.BoundFeatures;
import io.millrace.features.FeatureView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the tiles that a range looks at. A file is a split. */
final class TileExtractor implements Extractor {
    private static final int SPLIT_VERSION = 1;

    private final TileStore store;
    private final FeatureView view;
    private final AsOfRange range;
    private final Schema events;

    /** @param events the columns of the events that the tiles were counted from */
    TileExtractor(TileStore store, FeatureView view, AsOfRange range, Schema events) {
        this.store = store;
        this.view = view;
        this.range = range;
        this.events = events;
    }

    @Override
    public String describe() {
        return store.needed(range).size() + " daily tiles in " + store.folder();
    }

    @Override
    public Schema schema() {
        return TileSchema.of(BoundFeatures.of(view, events)).partial();
    }

    @Override
    public Optional<String> timeColumn() {
        return Optional.of(FeatureView.DATE);
    }

    @Override
    public OptionalLong rowCount() {
        return OptionalLong.of(files().stream().mapToLong(TileFile::rows).sum());
    }

    private List<TileFile> files() {
        return store.current(range).stream()
                .flatMap(manifest -> manifest.files().stream())
                .toList();
    }

    @Override
    public Plan plan(ExtractRequest request) {
        String columns = TileJson.text(schema());
        List<Split> splits = new ArrayList<>();
        for (TileFile file : files()) {
            if (!file.columns().equals(columns)) {
                throw new MillraceException(
                        ErrorKind.STALE,
                        "the tile of " + file.day() + " was made by another version of Millrace; add --refresh");
            }
            String name = file.name().replace(TileWriter.SUFFIX, "");
            splits.add(new Split(name, SPLIT_VERSION, TileJson.text(file), file.rows(), file.size()));
        }
        return new Plan(splits.iterator(), Repeatability.REPEATABLE, pin(), Optional.empty(), List.of());
    }

    /** Files have names that are never used again, so that these say everything. */
    private String pin() {
        StringBuilder names = new StringBuilder();
        files().forEach(file -> names.append(file.name()).append('\n'));
        return TileStore.sha256(names.toString());
    }

    @Override
    public PinState check(String pin) {
        return pin().equals(pin) ? PinState.VALID : PinState.RESTART;
    }

    @Override
    public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        TileFile file = TileJson.read(split.payload(), new TypeReference<TileFile>() {});
        return new TileReader(store.folder(file.day()).resolve(file.name()), file, schema(), split.id());
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
