package io.millrace.engines.spark.batch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Records of a shuffle: rows of a bucket, or the outcome of a piece that has sent rows. The first byte tells. */
final class Parcel {
    private static final byte ROWS = 0;
    private static final byte OUTCOME = 1;

    private Parcel() {}

    static byte[] ofRows(ByteBuffer encoded) {
        byte[] parcel = new byte[1 + encoded.remaining()];
        parcel[0] = ROWS;
        encoded.duplicate().get(parcel, 1, parcel.length - 1);
        return parcel;
    }

    static byte[] ofOutcome(byte[] outcome) {
        byte[] parcel = new byte[1 + outcome.length];
        parcel[0] = OUTCOME;
        System.arraycopy(outcome, 0, parcel, 1, outcome.length);
        return parcel;
    }

    static boolean holdsRows(byte[] parcel) {
        return parcel[0] == ROWS;
    }

    static ByteBuffer rows(byte[] parcel) {
        return ByteBuffer.wrap(parcel, 1, parcel.length - 1).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] outcome(byte[] parcel) {
        return Arrays.copyOfRange(parcel, 1, parcel.length);
    }
}
