package io.millrace.features.local;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Timestamps;
import io.millrace.features.AsOfRange;
import io.millrace.features.BoundFeatures;
import io.millrace.features.FeatureDefinition;
import io.millrace.features.FeatureMeasure;
import io.millrace.features.FeatureView;
import io.millrace.features.TileGrid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The daily tiles of a view: a folder for each day, with a manifest. One thread. */
final class TileStore {
    private static final String MANIFEST = "tile.json";
    /** What is said of events, and what their steps are made of: fit files, the code of plugins. */
    private static final String PATHS = "(?:entity|events|per|zone|pairs)(?:\\..*)?|(?:transform, file|plugin) .*";

    private final Path folder;
    private final FeatureView view;
    private final String definition;
    private final TileGrid grid;

    private TileStore(Path folder, FeatureView view, String definition) {
        this.folder = folder;
        this.view = view;
        this.definition = definition;
        this.grid = TileGrid.of(view.grain());
    }

    /** The tiles of a view that keeps some. */
    static TileStore of(FeatureDefinition features) {
        return new TileStore(
                features.directory().resolve(features.tiles().orElseThrow()), features.view(), definition(features));
    }

    /** Of everything that touches tiles: events, entity, days, and the measures without their windows. */
    private static String definition(FeatureDefinition features) {
        Set<String> measures = new LinkedHashSet<>();
        features.view().measures().values().stream().map(FeatureMeasure::text).forEach(measures::add);
        return sha256(
                features.fingerprint().only(path -> path.matches(PATHS)).hash() + "\n" + String.join("\n", measures));
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    Path folder() {
        return folder;
    }

    /** Identifies the definition that tiles are made by. */
    String definition() {
        return definition;
    }

    Path folder(String day) {
        return folder.resolve(day);
    }

    Path manifest(String day) {
        return folder(day).resolve(MANIFEST);
    }

    String day(long tile) {
        return grid.day(tile).toString();
    }

    /** The numbers of the tiles that a range's own days are. */
    List<Long> tiles(AsOfRange range) {
        return numbers(range.first(grid), range.last(grid));
    }

    /** The numbers of the tiles that the windows of a range look at. */
    List<Long> needed(AsOfRange range) {
        return numbers(BoundFeatures.firstTile(view, grid, range.first(grid)), range.last(grid));
    }

    private static List<Long> numbers(long first, long last) {
        List<Long> numbers = new ArrayList<>();
        for (long tile = first; tile <= last; tile++) {
            numbers.add(tile);
        }
        return numbers;
    }

    /**
     * The stretches of days whose tiles have to be made before a range can be computed from tiles: those that are not there, were
     * made by another definition or from events of other columns, or are asked for anew.
     *
     * @param refresh the day from which on all are made anew
     */
    List<AsOfRange> missing(AsOfRange range, Optional<LocalDate> refresh) {
        TreeMap<Long, TileManifest> there = new TreeMap<>();
        List<Long> needed = needed(range);
        for (long tile : needed) {
            if (refresh.isEmpty() || grid.day(tile).isBefore(refresh.get())) {
                current(day(tile)).ifPresent(manifest -> there.put(tile, manifest));
            }
        }
        Optional<String> newest = there.descendingMap().values().stream()
                .flatMap(manifest -> manifest.files().stream())
                .map(TileFile::events)
                .findFirst();
        there.values().removeIf(manifest -> manifest.files().stream()
                .anyMatch(file -> !file.events().equals(newest.orElse(file.events()))));
        List<AsOfRange> stretches = new ArrayList<>();
        for (int i = 0; i < needed.size(); i++) {
            int from = i;
            while (i < needed.size() && !there.containsKey(needed.get(i))) {
                i++;
            }
            if (i > from) {
                stretches.add(new AsOfRange(
                        Timestamps.toInstant(grid.start(needed.get(from))),
                        Timestamps.toInstant(grid.end(needed.get(i - 1)))));
            }
        }
        return stretches;
    }

    /** A day's tile, where it is there by this definition. */
    Optional<TileManifest> current(String day) {
        try {
            return TileManifest.of(Files.readAllBytes(manifest(day)))
                    .filter(manifest -> manifest.definition().equals(definition));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException failed) {
            throw MillraceException.denied("cannot read the tile " + manifest(day) + " (" + failed + ")", failed);
        }
    }

    /** The tiles that a range looks at; a user error where one is missing. */
    List<TileManifest> current(AsOfRange range) {
        List<TileManifest> manifests = new ArrayList<>();
        for (long tile : needed(range)) {
            manifests.add(current(day(tile))
                    .orElseThrow(() -> MillraceException.user("the tile of " + day(tile) + " is missing in " + folder
                            + "; run 'millrace features' with the file, which makes it")));
        }
        return manifests;
    }

    /** The columns of the events that the tiles of a range were counted from; empty where there were no events at all. */
    Optional<Schema> events(AsOfRange range) {
        Set<String> known = new LinkedHashSet<>();
        for (TileManifest manifest : current(range)) {
            manifest.files().forEach(file -> known.add(file.events()));
        }
        if (known.size() > 1) {
            throw MillraceException.user("the columns of the events have changed since older tiles were made: "
                    + known.stream().map(TileJson::schema).toList() + "; add --refresh to make all of them anew");
        }
        return known.stream().findFirst().map(TileJson::schema);
    }
}
