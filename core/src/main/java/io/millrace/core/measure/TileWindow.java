package io.millrace.core.measure;

import java.util.Optional;

/**
 * Over which tiles a measure is computed.
 *
 * @param tiles how many tiles up to the last one, at least 1
 * @param halfLife in tiles, for a count that fades with age; empty: all tiles count alike
 */
public record TileWindow(int tiles, Optional<Double> halfLife) {
    /** All tiles count alike. */
    public static TileWindow of(int tiles) {
        return new TileWindow(tiles, Optional.empty());
    }
}
