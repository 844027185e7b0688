package io.millrace.core.exchange;

import io.millrace.api.BatchReader;
import io.millrace.api.PieceResult;
import io.millrace.api.Rejects;
import io.millrace.api.Split;
import io.millrace.api.Staged;
import io.millrace.core.keyed.BoundKeyedStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Where a keyed step's rows come together: pieces before it write partial rows by bucket, and behind it each bucket is a
 * split. Thread-safe.
 *
 * @param folder of the run's exchange files on this machine
 * @param number of the exchange within the run, from 1
 * @param seed the run's: it decides which bucket a key belongs to
 * @param durable whether its files have to outlive a crash of the machine
 */
public record Exchange(Path folder, int number, BoundKeyedStep step, long seed, boolean durable) {
    private static final int VERSION = 1;
    private static final long ROWS_IN_BUCKET = 1 << 20;
    private static final int MAX_BUCKETS = 256;

    /**
     * The buckets of a run's plan.
     *
     * @param expectedRows a guess of the source rows, or less than 0
     */
    public List<Split> plan(long expectedRows, int parallelism) {
        long wanted = expectedRows < 0 ? 64 : Math.max(expectedRows / ROWS_IN_BUCKET, 4L * parallelism);
        int count = Integer.highestOneBit((int) Math.min(MAX_BUCKETS, Math.max(1, 2 * wanted - 1)));
        long each = expectedRows < 0 ? -1 : expectedRows / count;
        return IntStream.range(0, count)
                .mapToObj(bucket -> new Split(
                        String.format(Locale.ROOT, "bucket-%d-%03d", number, bucket),
                        VERSION,
                        Integer.toString(bucket),
                        each,
                        -1))
                .toList();
    }

    /** @param buckets how many {@link #plan} made */
    public ExchangeWriter writer(String piece, String attempt, int buckets) {
        BlockWriter file = new BlockWriter(folder.resolve(piece + "-" + attempt), durable);
        return new ExchangeWriter(file, step, buckets, seed);
    }

    /** Opens a bucket of what these pieces have written. */
    public BatchReader open(
            Split bucket, int buckets, List<PieceResult> pieces, int batchRows, long memoryLimit, Rejects rejects) {
        return new BucketReader(this, bucket, buckets, files(pieces), batchRows, memoryLimit, rejects);
    }

    /** Opens a bucket that lies in one file. */
    public BatchReader open(Split bucket, int buckets, Staged file, int batchRows, long memoryLimit, Rejects rejects) {
        return new BucketReader(this, bucket, buckets, List.of(ExchangeFile.of(file)), batchRows, memoryLimit, rejects);
    }

    private static List<ExchangeFile> files(List<PieceResult> pieces) {
        return pieces.stream()
                .flatMap(piece -> piece.data().stream())
                .map(ExchangeFile::of)
                .toList();
    }

    /** Throws STALE where a file of these pieces is missing or cut, as on another machine. */
    public void check(List<PieceResult> pieces) {
        for (ExchangeFile file : files(pieces)) {
            Path path = folder.resolve(file.name());
            if (!Files.exists(path)) {
                throw ExchangeFile.stale(path, "is not on this machine");
            }
            if (path.toFile().length() != file.size()) {
                throw ExchangeFile.stale(path, "is damaged");
            }
        }
    }
}
