package io.millrace.features.local;

import io.millrace.api.DurableFiles;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.Staged;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.exchange.BatchEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Writes partial rows, those of each day into a file of its own. */
final class TileWriter implements StagingWriter {
    static final String SUFFIX = ".rows";

    private final TileStore store;
    private final Path folder;
    private final String prefix;
    private final Schema schema;
    private final TileProvenance provenance;
    private final BatchEncoder encoder = new BatchEncoder();
    private final Map<Long, Output> outputs = new TreeMap<>();
    private boolean ended;

    TileWriter(TileStore store, Path folder, WriteTask task, Schema schema, TileProvenance provenance) {
        this.store = store;
        this.folder = folder;
        this.prefix = task.piece() + "-" + UUID.randomUUID();
        this.schema = schema;
        this.provenance = provenance;
    }

    /** A file being written. */
    private static final class Output {
        private final Path path;
        private final FileChannel channel;
        private long rows;

        Output(Path path) throws IOException {
            this.path = path;
            this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            write(little(TileFile.HEADER)
                    .putLong(TileFile.MAGIC)
                    .putInt(TileFile.VERSION)
                    .flip());
        }

        void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        long[] tiles = ((LongColumn) batch.column(TileSchema.TILE)).values();
        Map<Long, int[]> rows = new TreeMap<>();
        Map<Long, Integer> counts = new TreeMap<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            int[] held = rows.computeIfAbsent(tiles[row], tile -> new int[batch.rowCount()]);
            held[counts.merge(tiles[row], 1, Integer::sum) - 1] = row;
        }
        try {
            for (Map.Entry<Long, int[]> entry : rows.entrySet()) {
                append(entry.getKey(), batch.select(Selection.of(entry.getValue(), counts.get(entry.getKey()))));
            }
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    private void append(long tile, Batch rows) throws IOException {
        Output output = outputs.get(tile);
        if (output == null) {
            output = new Output(folder.resolve(prefix + "-" + store.day(tile) + SUFFIX));
            outputs.put(tile, output);
        }
        ByteBuffer bytes = encoder.encode(rows);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate());
        output.write(little(TileFile.BLOCK_HEAD)
                .putInt(bytes.remaining())
                .putInt((int) checksum.getValue())
                .flip());
        output.write(bytes);
        output.rows += rows.rowCount();
    }

    @Override
    public Staged stage() {
        List<TileFile> files = new ArrayList<>();
        long rows = 0;
        try {
            for (Map.Entry<Long, Output> entry : outputs.entrySet()) {
                Output output = entry.getValue();
                output.channel.force(true);
                files.add(new TileFile(
                        store.day(entry.getKey()),
                        output.path.getFileName().toString(),
                        output.channel.size(),
                        output.rows,
                        provenance.position(),
                        TileJson.text(provenance.events().orElseThrow()),
                        TileJson.text(schema)));
                output.channel.close();
                rows += output.rows;
            }
            DurableFiles.syncDirectory(folder);
        } catch (IOException failed) {
            throw failed(failed);
        }
        ended = true;
        return new Staged(TileLoader.STAGED_AS, TileFile.VERSION, TileJson.text(files), rows);
    }

    private MillraceException failed(IOException failed) {
        return MillraceException.denied("cannot write tiles to " + folder + " (" + failed + ")", failed);
    }

    @Override
    public void abort() {
        ended = true;
        for (Output output : outputs.values()) {
            try {
                output.channel.close();
                Files.deleteIfExists(output.path);
            } catch (IOException left) {
                // No manifest names it: the end of the run removes it.
                continue;
            }
        }
    }

    @Override
    public void close() {
        if (!ended) {
            abort();
        }
    }
}
