package io.millrace.features.local;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A day's tile: the files whose rows together are it. It is there as soon as its manifest is.
 *
 * @param definition hash of everything in the definition that touches tiles
 * @param run that made it
 */
record TileManifest(int version, String day, String definition, String run, List<TileFile> files) {
    static final int VERSION = 1;

    TileManifest {
        files = List.copyOf(files);
    }

    /** The text with its checksum. */
    private record Sealed(String tile, long checksum) {}

    byte[] toBytes() {
        String tile = TileJson.text(this);
        return TileJson.text(new Sealed(tile, checksum(tile))).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a manifest; empty where it is damaged or of another version, so that the tile is made anew. */
    static Optional<TileManifest> of(byte[] bytes) {
        try {
            Sealed sealed = TileJson.read(new String(bytes, StandardCharsets.UTF_8), new TypeReference<Sealed>() {});
            if (sealed.tile == null || checksum(sealed.tile) != sealed.checksum) {
                return Optional.empty();
            }
            TileManifest manifest = TileJson.read(sealed.tile, new TypeReference<TileManifest>() {});
            return manifest.version == VERSION ? Optional.of(manifest) : Optional.empty();
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static long checksum(String text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return checksum.getValue();
    }
}
