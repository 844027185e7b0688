package io.millrace.core.measure;

import java.math.BigInteger;

/** A sum of squares of 256 bits, never negative, in four words of each group, the lowest first. One thread. */
final class FixedSquares {
    static final int WORDS = 4;

    private final GroupRows rows;
    private final int at;
    private final WideSums wide;
    private final int wideShift;

    /** @param wideShift as of the sum; squares are finer by twice that */
    FixedSquares(GroupRows rows, WideSums wide, int wideShift) {
        this.rows = rows;
        this.at = rows.reserve(WORDS);
        this.wide = wide;
        this.wideShift = wideShift;
    }

    /** Adds {@code (number * 2^shift)^2}; of the shifted number at most 126 bits. */
    void addSquare(long[] words, int group, long number, int shift) {
        long high = Math.multiplyHigh(number, number);
        long low = number * number;
        int bits = 2 * shift & 63;
        long second = bits == 0 ? high : high << bits | low >>> 64 - bits;
        long third = bits == 0 ? 0 : high >>> 64 - bits;
        long first = low << bits;
        switch (2 * shift >>> 6) {
            case 0 -> add(words, group, first, second, third, 0);
            case 1 -> add(words, group, 0, first, second, third);
            default -> add(words, group, 0, 0, first, second);
        }
    }

    /** Adds a number below 2^254. */
    void add(long[] words, int group, long first, long second, long third, long fourth) {
        int place = group * rows.width() + at;
        long sum0 = words[place] + first;
        long carry = Long.compareUnsigned(sum0, first) < 0 ? 1 : 0;
        long sum1 = words[place + 1] + second;
        long carry1 = Long.compareUnsigned(sum1, second) < 0 ? 1 : 0;
        sum1 += carry;
        carry1 += sum1 == 0 ? carry : 0;
        long sum2 = words[place + 2] + third;
        long carry2 = Long.compareUnsigned(sum2, third) < 0 ? 1 : 0;
        sum2 += carry1;
        carry2 += sum2 == 0 ? carry1 : 0;
        words[place] = sum0;
        words[place + 1] = sum1;
        words[place + 2] = sum2;
        words[place + 3] += fourth + carry2;
        if (words[place + 3] >>> 62 != 0) {
            Wide part = wide.of(group);
            part.squares = part.squares.add(big(group).shiftLeft(2 * wideShift));
            for (int i = 0; i < WORDS; i++) {
                words[place + i] = 0;
            }
        }
    }

    BigInteger big(int group) {
        int place = group * rows.width() + at;
        long[] words = rows.words();
        BigInteger upper = FixedSum.big(words[place + 3], words[place + 2]);
        BigInteger lower = FixedSum.big(0, words[place + 1]).shiftLeft(64).add(FixedSum.big(0, words[place]));
        return upper.shiftLeft(128).add(lower);
    }

    int at() {
        return at;
    }
}
