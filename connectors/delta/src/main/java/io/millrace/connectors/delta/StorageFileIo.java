package io.millrace.connectors.delta;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.millrace.api.MillraceException;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.io.FileNotFoundException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Lets Delta Kernel work on one table through our storage instead of Hadoop's file systems. Thread-safe. */
final class StorageFileIo implements FileIO {
    private final Storage storage;

    StorageFileIo(Storage storage) {
        this.storage = storage;
    }

    /** What Kernel calls by its full path, as a key. */
    private String key(String path) {
        String root = storage.root() + "/";
        if (!path.startsWith(root)) {
            throw MillraceException.user("the table " + storage.root() + " refers to " + path
                    + ", which lies outside of it (a shallow clone does); read it with engine: spark");
        }
        return path.substring(root.length());
    }

    private StoredObject find(String path) throws FileNotFoundException {
        return storage.find(key(path)).orElseThrow(() -> new FileNotFoundException(path));
    }

    private FileStatus status(StoredObject object) {
        return FileStatus.of(
                storage.nameOf(object.key()), object.size(), object.modified().toEpochMilli());
    }

    @Override
    public CloseableIterator<FileStatus> listFrom(String path) throws FileNotFoundException {
        String first = key(path);
        String folder = first.substring(0, first.lastIndexOf('/') + 1);
        Iterator<StoredObject> all = storage.list(folder);
        if (!all.hasNext()) {
            throw new FileNotFoundException(path);
        }
        return new Files(all, folder, first);
    }

    /** The files directly in a folder, from a name on. */
    private final class Files implements CloseableIterator<FileStatus> {
        private final Iterator<StoredObject> all;
        private final String folder;
        private final String first;
        private StoredObject next;

        Files(Iterator<StoredObject> all, String folder, String first) {
            this.all = all;
            this.folder = folder;
            this.first = first;
        }

        @Override
        public boolean hasNext() {
            while (next == null && all.hasNext()) {
                StoredObject candidate = all.next();
                if (candidate.key().indexOf('/', folder.length()) < 0
                        && candidate.key().compareTo(first) >= 0) {
                    next = candidate;
                }
            }
            return next != null;
        }

        @Override
        public FileStatus next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            FileStatus status = status(next);
            next = null;
            return status;
        }

        @Override
        public void close() {}
    }

    @Override
    public FileStatus getFileStatus(String path) throws FileNotFoundException {
        return status(find(path));
    }

    @Override
    public String resolvePath(String path) {
        return path;
    }

    /** Writing makes folders where there are any. */
    @Override
    public boolean mkdirs(String path) {
        return true;
    }

    @Override
    public InputFile newInputFile(String path, long size) {
        return new InputFile() {
            @Override
            public long length() throws FileNotFoundException {
                return size >= 0 ? size : find(path).size();
            }

            @Override
            public String path() {
                return path;
            }

            @Override
            public StorageInputStream newStream() throws FileNotFoundException {
                return new StorageInputStream(storage, find(path));
            }
        };
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return new StorageOutputFile(storage, key(path), path);
    }

    @Override
    public boolean delete(String path) {
        storage.delete(List.of(key(path)));
        return true;
    }

    @Override
    public Optional<String> getConf(String key) {
        return Optional.empty();
    }

    @Override
    public void copyFileAtomically(String source, String target, boolean overwrite)
            throws FileNotFoundException, FileAlreadyExistsException {
        byte[] content = storage.read(find(source));
        if (overwrite) {
            storage.put(key(target), content);
        } else if (!storage.putIfAbsent(key(target), content)) {
            throw new FileAlreadyExistsException(target);
        }
    }
}
