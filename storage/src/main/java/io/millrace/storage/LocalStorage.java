package io.millrace.storage;

import io.millrace.api.DurableFiles;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** A folder of the local disk. Temporary files are hidden: their names begin with '.' and end with {@link #TEMPORARY}. */
final class LocalStorage implements Storage {
    static final String TEMPORARY = ".upload";

    private final Path root;

    LocalStorage(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public String root() {
        return root.toString();
    }

    @Override
    public String nameOf(String key) {
        return key.isEmpty() ? root() : root.resolve(key).toString();
    }

    Path file(String key) {
        return root.resolve(Keys.require(key));
    }

    @Override
    public Iterator<StoredObject> list(String prefix) {
        return new LocalListing(root, prefix, name -> !isTemporary(name));
    }

    static boolean isTemporary(String name) {
        return name.startsWith(".") && name.endsWith(TEMPORARY);
    }

    @Override
    public Optional<StoredObject> find(String key) {
        Path file = file(key);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(LocalListing.object(key, attributes)) : Optional.empty();
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return Optional.empty();
        } catch (IOException failure) {
            throw LocalFailure.of("cannot look at", file, failure);
        }
    }

    @Override
    public InputStream open(StoredObject object, long from, long length) {
        Path file = file(object.key());
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            requireSame(object);
            return new LocalStream(this, object, channel, from, length);
        } catch (NoSuchFileException gone) {
            throw stale(object, "is gone since it was planned");
        } catch (IOException failure) {
            throw LocalFailure.of("cannot read", file, failure);
        }
    }

    /** Asked again behind every read: a file may be written over while it is read. */
    void requireSame(StoredObject object) {
        StoredObject now = find(object.key()).orElseThrow(() -> stale(object, "is gone since it was planned"));
        if (!now.version().equals(object.version())) {
            throw stale(object, "has changed since it was planned");
        }
    }

    private MillraceException stale(StoredObject object, String what) {
        return new MillraceException(
                ErrorKind.STALE, nameOf(object.key()) + " " + what + "; start the run anew with --restart");
    }

    @Override
    public byte[] read(StoredObject object, long from, int length) {
        try (InputStream in = open(object, from, length)) {
            return in.readNBytes(length);
        } catch (IOException failure) {
            throw LocalFailure.of("cannot read", file(object.key()), failure);
        }
    }

    @Override
    public StoredObject put(String key, byte[] content) {
        Path file = file(key);
        try {
            Path temporary = written(file, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFiles.syncDirectory(file.getParent());
            return find(key).orElseThrow(() -> new NoSuchFileException(file.toString()));
        } catch (IOException failure) {
            throw LocalFailure.of("cannot write", file, failure);
        }
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content) {
        Path file = file(key);
        try {
            Path temporary = written(file, content);
            try {
                // A link, unlike a rename, refuses a name that is taken.
                Files.createLink(file, temporary);
                DurableFiles.syncDirectory(file.getParent());
                return true;
            } catch (FileAlreadyExistsException taken) {
                return Arrays.equals(Files.readAllBytes(file), content);
            } catch (UnsupportedOperationException noLinks) {
                throw MillraceException.user(
                        "the file system of " + file.getParent()
                                + " has no hard links, which a write that must not replace needs; name a folder on another one");
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException failure) {
            throw LocalFailure.of("cannot write", file, failure);
        }
    }

    private static Path written(Path file, byte[] content) throws IOException {
        DurableFiles.createDirectories(file.getParent());
        Path temporary = temporary(file);
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        } catch (IOException failure) {
            Files.deleteIfExists(temporary);
            throw failure;
        }
        return temporary;
    }

    static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
    }

    @Override
    public void delete(Collection<String> keys) {
        Set<Path> folders = new HashSet<>();
        for (String key : keys) {
            Path file = file(key);
            try {
                if (Files.deleteIfExists(file)) {
                    folders.add(file.getParent());
                }
            } catch (NotDirectoryException absent) {
                // A part of its path is a file: there is nothing of this name.
            } catch (IOException failure) {
                throw LocalFailure.of("cannot delete", file, failure);
            }
        }
        for (Path folder : folders) {
            try {
                DurableFiles.syncDirectory(folder);
            } catch (NoSuchFileException deletedToo) {
                // Somebody removed the folder as well.
            } catch (IOException failure) {
                throw LocalFailure.of("cannot delete in", folder, failure);
            }
        }
    }

    @Override
    public Upload upload(String key) {
        return new LocalUpload(this, Keys.require(key));
    }

    @Override
    public StoredObject complete(StagedUpload upload) {
        Path file = file(upload.key());
        Path temporary = file.resolveSibling(upload.id());
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFiles.syncDirectory(file.getParent());
        } catch (NoSuchFileException missing) {
            // Moved by an earlier call, unless what is there has another size.
            if (find(upload.key()).map(StoredObject::size).orElse(-1L) != upload.bytes()) {
                throw new MillraceException(
                        ErrorKind.STALE, "the upload " + temporary + " is gone; start the run anew with --restart");
            }
        } catch (IOException failure) {
            throw LocalFailure.of("cannot put in place", file, failure);
        }
        return find(upload.key())
                .orElseThrow(
                        () -> LocalFailure.of("cannot put in place", file, new NoSuchFileException(file.toString())));
    }

    @Override
    public void abort(OpenUpload upload) {
        Path temporary = file(upload.key()).resolveSibling(upload.id());
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException failure) {
            throw LocalFailure.of("cannot delete", temporary, failure);
        }
    }

    @Override
    public Iterator<OpenUpload> uploads(String prefix) {
        int folder = prefix.lastIndexOf('/') + 1;
        Iterator<StoredObject> found = new LocalListing(root, prefix.substring(0, folder), LocalStorage::isTemporary);
        Iterable<StoredObject> all = () -> found;
        return StreamSupport.stream(all.spliterator(), false)
                .map(LocalStorage::uploadOf)
                .filter(upload -> upload.key().startsWith(prefix))
                .toList()
                .iterator();
    }

    /** Takes '.', the random part and the ending off a temporary name again. */
    private static OpenUpload uploadOf(StoredObject temporary) {
        int slash = temporary.key().lastIndexOf('/') + 1;
        String name = temporary.key().substring(slash);
        List<String> parts = List.of(name.split("\\."));
        int random = parts.get(parts.size() - 2).length() + 1 + TEMPORARY.length();
        return new OpenUpload(
                temporary.key().substring(0, slash) + name.substring(1, Math.max(1, name.length() - random)), name);
    }

    @Override
    public void close() {}
}
