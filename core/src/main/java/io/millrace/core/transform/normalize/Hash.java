package io.millrace.core.transform.normalize;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import io.millrace.core.learned.Learned;
import io.millrace.core.learned.ValueIds;
import java.util.Map;
import java.util.Optional;

/** Feature hashing: an index without a vocabulary. 0 is left for padding. */
public record Hash(
        @Setting(value = "How many indices there are, from 1 on.", example = "100000") int buckets,
        @Setting(value = "The seed of the hash, XXH64.", defaultValue = "0", example = "42") long seed)
        implements Rule {
    private static final int MOST = 2_000_000_000;

    public Hash {
        if (buckets < 2 || buckets > MOST) {
            throw new InvalidSetting("buckets", "must be from 2 to " + MOST);
        }
    }

    @Override
    public String kind() {
        return "hash";
    }

    @Override
    public Optional<Learned> given() {
        return Optional.of(Learned.ofNumbers(Map.of()));
    }

    @Override
    public Kernel kernel(Field input, String name, Learned parameters) {
        ValueIds.of(ValueKernel.element(input.type()), kind());
        return new HashKernel(input, name, buckets, seed);
    }

    private static final class HashKernel extends ValueKernel {
        private final HashedValues hashes;
        private final int buckets;

        HashKernel(Field input, String name, int buckets, long seed) {
            super(input, name, false);
            this.hashes = new HashedValues(seed);
            this.buckets = buckets;
        }

        @Override
        void map(Column values, int from, int to, int[] out) {
            hashes.begin(values);
            for (int i = 0; i < to - from; i++) {
                out[i] = 1 + hashes.bucket(from + i, buckets);
            }
        }
    }
}
