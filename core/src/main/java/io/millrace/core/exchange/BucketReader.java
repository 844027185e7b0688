package io.millrace.core.exchange;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Origin;
import io.millrace.core.keyed.Fold;
import io.millrace.core.reject.LeftOut;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * Folds a bucket and reads what comes out. A bucket that is too large to be folded in memory at once is read several times,
 * a part of its keys each time.
 */
final class BucketReader implements BatchReader {
    private static final int MAX_PARTS = 1 << 10;

    private final Exchange exchange;
    private final Split split;
    private final int bucket;
    private final int buckets;
    private final List<ExchangeFile> files;
    private final int batchRows;
    private final long memoryLimit;
    private final LeftOut rejects;
    private int parts;
    private int part = -1;
    private Iterator<Batch> results = Collections.emptyIterator();
    private long partialRows;
    private long given;
    private volatile boolean closed;

    BucketReader(
            Exchange exchange,
            Split split,
            int buckets,
            List<ExchangeFile> files,
            int batchRows,
            long memoryLimit,
            Rejects rejects) {
        this.exchange = exchange;
        this.split = split;
        this.bucket = Integer.parseInt(split.payload());
        this.buckets = buckets;
        this.files = files;
        this.batchRows = batchRows;
        this.memoryLimit = memoryLimit;
        this.rejects = new LeftOut(rejects);
    }

    /** What takes the blocks of the bucket. */
    private interface Blocks {
        void accept(ExchangeFile.Block block, FileChannel channel, Path file) throws IOException;
    }

    @Override
    public Batch next() {
        if (parts == 0) {
            parts = partsNeeded();
        }
        while (!results.hasNext()) {
            if (++part >= parts) {
                return null;
            }
            results = fold();
        }
        Batch batch = results.next();
        Origin origin = Origin.of(split.id(), given);
        given += batch.rowCount();
        return Batch.of(batch.schema(), batch.rowCount(), batch.columns(), origin);
    }

    /** A fold keeps about what it is given: parts of half the limit leave it room for its own tables. */
    private int partsNeeded() {
        long[] bytes = new long[1];
        forEachBlock((block, channel, file) -> bytes[0] += block.length());
        long wanted = 1 + bytes[0] / Math.max(1, memoryLimit / 2);
        return Integer.highestOneBit((int) Math.min(MAX_PARTS, 2 * wanted - 1));
    }

    private Iterator<Batch> fold() {
        Fold fold = exchange.step().fold(memoryLimit);
        Buckets division =
                new Buckets(exchange.step().partial(), exchange.step().key(), exchange.seed());
        forEachBlock((block, channel, file) -> {
            Batch partials = BatchDecoder.decode(
                    exchange.step().partial(),
                    ExchangeFile.read(channel, block.offset(), block.length(), block.checksum(), file));
            if (parts > 1) {
                partials = partials.select(division.part(partials, buckets, part, parts));
            }
            if (partials.rowCount() > 0) {
                fold.add(partials);
                partialRows += partials.rowCount();
            }
        });
        return fold.finish(batchRows, rejects);
    }

    private void forEachBlock(Blocks action) {
        for (ExchangeFile file : files) {
            Path path = exchange.folder().resolve(file.name());
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                for (ExchangeFile.Block block : file.index(channel, path)) {
                    if (closed) {
                        throw new MillraceException(ErrorKind.STOPPED, "reading " + split.id() + " was stopped");
                    }
                    if (block.bucket() == bucket) {
                        action.accept(block, channel, path);
                    }
                }
            } catch (NoSuchFileException missing) {
                throw ExchangeFile.stale(path, "is not there any more");
            } catch (IOException failed) {
                throw MillraceException.unavailable("cannot read " + path + " (" + failed + ")", failed);
            }
        }
    }

    @Override
    public long rowsRead() {
        return exchange.step().groups() ? given + rejects.rows() : partialRows;
    }

    @Override
    public void close() {
        closed = true;
    }
}
