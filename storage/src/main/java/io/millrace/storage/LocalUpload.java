package io.millrace.storage;

import io.millrace.api.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A hidden file beside the one that it will be. */
final class LocalUpload implements Upload {
    private final String key;
    private final Path temporary;
    private final FileChannel channel;
    private long bytes;
    private boolean ended;

    LocalUpload(LocalStorage storage, String key) {
        this.key = key;
        Path file = storage.file(key);
        this.temporary = LocalStorage.temporary(file);
        try {
            DurableFiles.createDirectories(file.getParent());
            this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw LocalFailure.of("cannot create", temporary, failure);
        }
    }

    @Override
    public OpenUpload open() {
        return new OpenUpload(key, temporary.getFileName().toString());
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        try {
            ByteBuffer left = ByteBuffer.wrap(source, offset, length);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            bytes += length;
        } catch (IOException failure) {
            throw LocalFailure.of("cannot write", temporary, failure);
        }
    }

    @Override
    public StagedUpload finish() {
        try {
            channel.force(true);
            channel.close();
            DurableFiles.syncDirectory(temporary.getParent());
        } catch (IOException failure) {
            throw LocalFailure.of("cannot write", temporary, failure);
        }
        ended = true;
        return new StagedUpload(key, open().id(), "", List.of(), bytes);
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            try {
                channel.close();
                Files.deleteIfExists(temporary);
            } catch (IOException left) {
                // Left to whoever looks for orphans.
            }
        }
    }
}
