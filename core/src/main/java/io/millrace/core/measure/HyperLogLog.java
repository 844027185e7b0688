package io.millrace.core.measure;

import java.util.Arrays;

/**
 * 4,096 HyperLogLog registers. The estimate is a function of the registers alone (Ertl's improved raw estimator), and these
 * are maxima, so that neither order nor merge tree shows: standard error 1.04 / 64 = 1.6 %. While few registers are set they
 * are kept as a sorted list. One thread.
 */
final class HyperLogLog {
    private static final int PRECISION = 12;
    private static final int REGISTERS = 1 << PRECISION;
    /** The most that a register holds: one more than the zeros that the remaining bits can begin with. */
    private static final int MOST = Long.SIZE - PRECISION + 1;
    /** From here on a list would take as much as the registers themselves. */
    private static final int MOST_LISTED = REGISTERS / Integer.BYTES / 2;

    /** Sorted {@code index << 8 | value}; null once {@link #registers} are kept. */
    private int[] listed = new int[4];

    private int size;
    private byte[] registers;

    /** Takes a value in by its 64-bit hash. */
    void add(long hash) {
        int index = (int) (hash >>> Long.SIZE - PRECISION);
        set(index, Math.min(Long.numberOfLeadingZeros(hash << PRECISION) + 1, MOST));
    }

    private void set(int index, int value) {
        if (registers != null) {
            if (registers[index] < value) {
                registers[index] = (byte) value;
            }
            return;
        }
        int place = Arrays.binarySearch(listed, 0, size, index << 8);
        // A register's value is at least 1, so that the key without one is never found itself.
        int at = -place - 1;
        if (at < size && listed[at] >>> 8 == index) {
            listed[at] = Math.max(listed[at], index << 8 | value);
        } else if (size == MOST_LISTED) {
            spread();
            set(index, value);
        } else {
            if (size == listed.length) {
                listed = Arrays.copyOf(listed, size * 2);
            }
            System.arraycopy(listed, at, listed, at + 1, size - at);
            listed[at] = index << 8 | value;
            size++;
        }
    }

    private void spread() {
        registers = new byte[REGISTERS];
        for (int i = 0; i < size; i++) {
            registers[listed[i] >>> 8] = (byte) listed[i];
        }
        listed = null;
    }

    /** About how many different values there were. */
    long estimate() {
        int[] histogram = new int[MOST + 1];
        if (registers == null) {
            histogram[0] = REGISTERS - size;
            for (int i = 0; i < size; i++) {
                histogram[listed[i] & 0xff]++;
            }
        } else {
            for (byte value : registers) {
                histogram[value]++;
            }
        }
        if (histogram[0] == REGISTERS) {
            return 0;
        }
        double m = REGISTERS;
        double z = m * tau(1 - histogram[MOST] / m);
        for (int value = MOST - 1; value >= 1; value--) {
            z = 0.5 * (z + histogram[value]);
        }
        z += m * sigma(histogram[0] / m);
        // 1 / (2 ln 2)
        return Math.round(0.7213475204444817 * m * m / z);
    }

    private static double sigma(double start) {
        if (start == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double x = start;
        double y = 1;
        double z = x;
        double before;
        do {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        } while (z != before);
        return z;
    }

    private static double tau(double start) {
        if (start == 0 || start == 1) {
            return 0;
        }
        double x = start;
        double y = 1;
        double z = 1 - x;
        double before;
        do {
            x = Math.sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        } while (z != before);
        return z / 3;
    }

    /** The set registers, each a number of two bytes and the value; or all values, which is longer than any such list. */
    void write(OrderedBytes into) {
        if (registers != null) {
            into.appendRaw(registers, 0, REGISTERS);
            return;
        }
        byte[] entry = new byte[3];
        for (int i = 0; i < size; i++) {
            entry[0] = (byte) (listed[i] >>> 16);
            entry[1] = (byte) (listed[i] >>> 8);
            entry[2] = (byte) listed[i];
            into.appendRaw(entry, 0, 3);
        }
    }

    void merge(byte[] data, int from, int to) {
        if (to - from == REGISTERS) {
            for (int index = 0; index < REGISTERS; index++) {
                if (data[from + index] > 0) {
                    set(index, data[from + index]);
                }
            }
        } else {
            for (int at = from; at < to; at += 3) {
                set((data[at] & 0xff) << 8 | data[at + 1] & 0xff, data[at + 2]);
            }
        }
    }

    long bytes() {
        return 32 + 16 + (registers == null ? 4L * listed.length : REGISTERS);
    }
}
