package io.millrace.connectors.delta;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import io.millrace.storage.Storage;
import io.millrace.storage.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;

/** A file of the log that Kernel writes: nobody ever sees a part of it. */
record StorageOutputFile(Storage storage, String key, String path) implements OutputFile {
    @Override
    public PositionOutputStream create(boolean atomicWrite) {
        return new Stream(storage, storage.upload(key));
    }

    /** One put that does not replace: the protocol's mutual exclusion. */
    @Override
    public void writeAtomically(CloseableIterator<String> lines, boolean overwrite) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (lines) {
            while (lines.hasNext()) {
                content.writeBytes(lines.next().getBytes(StandardCharsets.UTF_8));
                content.write('\n');
            }
        }
        if (overwrite) {
            storage.put(key, content.toByteArray());
        } else if (!storage.putIfAbsent(key, content.toByteArray())) {
            throw new FileAlreadyExistsException(path);
        }
    }

    private static final class Stream extends PositionOutputStream {
        private final Storage storage;
        private final Upload upload;
        private long position;
        private boolean failed;
        private boolean closed;

        Stream(Storage storage, Upload upload) {
            this.storage = storage;
            this.upload = upload;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int from, int length) {
            boolean written = false;
            try {
                upload.write(source, from, length);
                position += length;
                written = true;
            } finally {
                failed |= !written;
            }
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                try (upload) {
                    if (!failed) {
                        storage.complete(upload.finish());
                    }
                }
            }
        }
    }
}
