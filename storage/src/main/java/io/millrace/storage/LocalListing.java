package io.millrace.storage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/** The files below a folder in the order of their keys, one folder at a time. Follows links; a link to a folder above is a failure. */
final class LocalListing implements Iterator<StoredObject> {
    /** A file, or a folder with a '/' behind its key, so that both sort as the keys below them do. */
    private record Entry(String key, Path path) {}

    private final Path root;
    private final String prefix;
    private final Predicate<String> names;
    private final Deque<Entry> pending = new ArrayDeque<>();
    private StoredObject next;

    LocalListing(Path root, String prefix, Predicate<String> names) {
        this.root = root;
        this.prefix = prefix;
        this.names = names;
        String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        pending.push(new Entry(folder, folder.isEmpty() ? root : root.resolve(folder)));
    }

    @Override
    public boolean hasNext() {
        while (next == null && !pending.isEmpty()) {
            Entry entry = pending.pop();
            try {
                if (entry.key().isEmpty() || entry.key().endsWith("/")) {
                    enter(entry);
                } else {
                    next = object(entry.key(), Files.readAttributes(entry.path(), BasicFileAttributes.class));
                }
            } catch (NoSuchFileException | NotDirectoryException absent) {
                // Deleted meanwhile, or never there.
            } catch (IOException failure) {
                throw LocalFailure.of("cannot list", entry.path(), failure);
            }
        }
        return next != null;
    }

    private void enter(Entry folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.path())) {
            for (Path path : found) {
                String name = path.getFileName().toString();
                String key = folder.key() + name;
                if (Files.isDirectory(path)) {
                    if (overlaps(key + "/")) {
                        refuseCycle(path);
                        entries.add(new Entry(key + "/", path));
                    }
                } else if (key.startsWith(prefix) && names.test(name) && Files.isRegularFile(path)) {
                    entries.add(new Entry(key, path));
                }
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        entries.sort(Comparator.comparing(Entry::key, Keys.ORDER).reversed());
        entries.forEach(pending::push);
    }

    private boolean overlaps(String folder) {
        return folder.startsWith(prefix) || prefix.startsWith(folder);
    }

    private void refuseCycle(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder) && folder.toAbsolutePath().startsWith(folder.toRealPath())) {
            throw new IOException("the link " + folder + " points to a folder above itself");
        }
    }

    static StoredObject object(String key, BasicFileAttributes attributes) {
        String version =
                attributes.size() + "-" + attributes.lastModifiedTime().toInstant() + "-" + attributes.fileKey();
        return new StoredObject(
                key, attributes.size(), version, attributes.lastModifiedTime().toInstant());
    }

    @Override
    public StoredObject next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        StoredObject found = next;
        next = null;
        return found;
    }
}
