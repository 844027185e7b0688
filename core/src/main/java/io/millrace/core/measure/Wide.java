package io.millrace.core.measure;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * What a group's sums hold beyond their fixed words: numbers too large or too fine for them, overflow carried out of them,
 * and how many NaN and infinities there were. Most groups have none. One thread.
 */
final class Wide {
    /** Of the object, its big numbers and the array that refers to it; big numbers rarely pass 300 bytes. */
    static final int BYTES = 160;

    BigInteger sum = BigInteger.ZERO;
    BigInteger squares = BigInteger.ZERO;
    long notNumbers;
    long positive;
    long negative;

    /** Counts a value that no sum can hold. */
    void addSpecial(double value) {
        if (Double.isNaN(value)) {
            notNumbers++;
        } else if (value > 0) {
            positive++;
        } else {
            negative++;
        }
    }

    void add(Wide other) {
        sum = sum.add(other.sum);
        squares = squares.add(other.squares);
        notNumbers += other.notNumbers;
        positive += other.positive;
        negative += other.negative;
    }

    boolean finite() {
        return notNumbers == 0 && positive == 0 && negative == 0;
    }

    /** The sum where it is not finite. */
    double special() {
        return notNumbers > 0 || positive > 0 && negative > 0
                ? Double.NaN
                : positive > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    /** Three counts, the size of the sum, the sum, the squares; big numbers as two's complement. */
    byte[] toBytes() {
        byte[] sumBytes = sum.toByteArray();
        byte[] squareBytes = squares.toByteArray();
        return ByteBuffer.allocate(28 + sumBytes.length + squareBytes.length)
                .putLong(notNumbers)
                .putLong(positive)
                .putLong(negative)
                .putInt(sumBytes.length)
                .put(sumBytes)
                .put(squareBytes)
                .array();
    }

    static Wide fromBytes(byte[] data, int from, int size) {
        ByteBuffer buffer = ByteBuffer.wrap(data, from, size);
        Wide wide = new Wide();
        wide.notNumbers = buffer.getLong();
        wide.positive = buffer.getLong();
        wide.negative = buffer.getLong();
        byte[] sumBytes = new byte[buffer.getInt()];
        buffer.get(sumBytes);
        wide.sum = new BigInteger(sumBytes);
        byte[] squareBytes = new byte[buffer.remaining()];
        buffer.get(squareBytes);
        wide.squares = new BigInteger(squareBytes);
        return wide;
    }
}
