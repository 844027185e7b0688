package io.millrace.engines.flink;

import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * The parts that the keys of a stream are divided into, as Flink divides them: each subtask has a range of parts, and state
 * moves part by part. Flink finds the part of a key by itself; so each part has one number that stands for it, and Flink's
 * key is that number, not the row's. Rows of one subtask can then travel together.
 */
final class Buckets {
    /** How far a stream can ever be spread; part of what checkpoints rest on. */
    static final int COUNT = 128;

    private static final int[] NUMBERS = numbers();

    private Buckets() {}

    /** For each part the least number that Flink puts there. */
    private static int[] numbers() {
        int[] numbers = new int[COUNT];
        boolean[] found = new boolean[COUNT];
        for (int number = 0, left = COUNT; left > 0; number++) {
            int bucket = KeyGroupRangeAssignment.assignToKeyGroup(number, COUNT);
            if (!found[bucket]) {
                found[bucket] = true;
                numbers[bucket] = number;
                left--;
            }
        }
        return numbers;
    }

    /** Flink's key for all keys of a part. */
    static int number(int bucket) {
        return NUMBERS[bucket];
    }

    /** The subtask that a part is with. */
    static int subtask(int bucket, int parallelism) {
        return KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(COUNT, parallelism, bucket);
    }

    /** The part that a number stands for. */
    static int of(int number) {
        return KeyGroupRangeAssignment.assignToKeyGroup(number, COUNT);
    }
}
