package io.millrace.features.stream;

import io.millrace.api.MillraceException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is remembered of an entity beside its tiles.
 *
 * @param revision how many events have been counted; grows with every change of a value
 * @param asOf the last tile of the windows that were given out last; no later value looks back from an earlier one
 * @param reminded the tile at the end of which the values change again by themselves
 * @param tiles the numbers of the tiles that are kept, ascending
 */
record EntityState(long revision, long asOf, long reminded, long[] tiles) {
    /** The name that it is kept under; tiles have names of their own. */
    static final String NAME = "";

    private static final byte VERSION = 1;
    private static final int HEAD = 1 + 3 * Long.BYTES;
    private static final long NONE = Long.MIN_VALUE;
    private static final EntityState NEW = new EntityState(0, NONE, NONE, new long[0]);

    /** What is remembered by these bytes; of none, that of an entity that nothing is known of. */
    static EntityState of(byte[] bytes) {
        if (bytes == null) {
            return NEW;
        }
        ByteBuffer from = ByteBuffer.wrap(bytes);
        if (from.get() != VERSION) {
            throw MillraceException.user("the state that is kept was written by another version of Millrace, in format "
                    + bytes[0] + "; go on with that version, or begin anew with --restart");
        }
        long revision = from.getLong();
        long asOf = from.getLong();
        long reminded = from.getLong();
        long[] tiles = new long[from.remaining() / Long.BYTES];
        from.asLongBuffer().get(tiles);
        return new EntityState(revision, asOf, reminded, tiles);
    }

    byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + Long.BYTES * tiles.length)
                .put(VERSION)
                .putLong(revision)
                .putLong(asOf)
                .putLong(reminded);
        bytes.asLongBuffer().put(tiles);
        return bytes.array();
    }

    /** The name that a tile is kept under. */
    static String name(long tile) {
        char[] name = new char[Long.BYTES];
        for (int i = 0; i < name.length; i++) {
            name[i] = (char) (tile >>> 8 * i & 0xff);
        }
        return new String(name);
    }

    /** So many events more in a tile. */
    EntityState counted(long tile, int events) {
        int at = Arrays.binarySearch(tiles, tile);
        if (at >= 0) {
            return new EntityState(revision + events, asOf, reminded, tiles);
        }
        long[] more = new long[tiles.length + 1];
        int place = -at - 1;
        System.arraycopy(tiles, 0, more, 0, place);
        more[place] = tile;
        System.arraycopy(tiles, place, more, place + 1, tiles.length - place);
        return new EntityState(revision + events, asOf, reminded, more);
    }

    /** The newest tile; none is before all tiles. */
    long newest() {
        return tiles.length == 0 ? NONE : tiles[tiles.length - 1];
    }

    /** Values were given out, and tiles before the first one are not needed any more. */
    EntityState givenOut(long tile, long first, long next) {
        return new EntityState(revision, tile, next, Arrays.copyOfRange(tiles, place(first), tiles.length));
    }

    /** Where the first tile is, or would be, that is not before this one. */
    int place(long tile) {
        int at = Arrays.binarySearch(tiles, tile);
        return at >= 0 ? at : -at - 1;
    }
}
