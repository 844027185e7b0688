package io.millrace.core.exchange;

import io.millrace.api.MillraceException;
import io.millrace.api.Staged;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;

/** The blocks of an exchange file, one after another as they are, for an engine that carries them itself. One thread. */
public final class BlockReader implements Iterator<EncodedBlock>, AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final Iterator<ExchangeFile.Block> blocks;

    /** @param staged what its writer has left */
    public BlockReader(Path folder, Staged staged) {
        ExchangeFile file = ExchangeFile.of(staged);
        this.path = folder.resolve(file.name());
        try {
            this.channel = FileChannel.open(path, StandardOpenOption.READ);
            this.blocks = file.index(channel, path).iterator();
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    @Override
    public boolean hasNext() {
        return blocks.hasNext();
    }

    @Override
    public EncodedBlock next() {
        ExchangeFile.Block block = blocks.next();
        try {
            return new EncodedBlock(
                    block.bucket(), ExchangeFile.read(channel, block.offset(), block.length(), block.checksum(), path));
        } catch (IOException failed) {
            throw unreadable(failed);
        }
    }

    private MillraceException unreadable(IOException failed) {
        return MillraceException.unavailable("cannot read " + path + " (" + failed + ")", failed);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException harmless) {
            // It was only read.
        }
    }
}
