package io.millrace.features.local;

import com.fasterxml.jackson.core.type.TypeReference;
import io.millrace.api.CommitId;
import io.millrace.api.CommitResult;
import io.millrace.api.DurableFiles;
import io.millrace.api.ErrorKind;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteMode;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Schema;
import io.millrace.features.AsOfRange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes the tiles of a stretch of days. Files are staged apart; the commit moves them to their days and writes a manifest for
 * each day, also for those without events. All of it may be repeated.
 */
final class TileLoader implements StagingLoader {
    static final String STAGED_AS = "tiles";

    private final TileStore store;
    private final AsOfRange range;
    private final TileProvenance provenance;

    TileLoader(TileStore store, AsOfRange range, TileProvenance provenance) {
        this.store = store;
        this.range = range;
        this.provenance = provenance;
    }

    @Override
    public String describe() {
        return "tiles in " + store.folder();
    }

    @Override
    public WriteMode mode() {
        return WriteMode.OVERWRITE;
    }

    @Override
    public void validate(Schema schema) {
        if (Files.exists(store.folder()) && !Files.isDirectory(store.folder())) {
            throw MillraceException.user("tiles: " + store.folder() + " is no folder");
        }
    }

    @Override
    public Fence prepare(LoadRequest request) {
        return writing(() -> {
            DurableFiles.createDirectories(staging(request.lineage()));
            return locked(() -> {
                long epoch = epoch(request.lineage()) + 1;
                DurableFiles.write(
                        fence(request.lineage()), Long.toString(epoch).getBytes(StandardCharsets.UTF_8));
                return new Fence(epoch);
            });
        });
    }

    private Path staging(Lineage lineage) {
        return store.folder().resolve(".staging").resolve(lineage.id());
    }

    private Path fence(Lineage lineage) {
        return staging(lineage).resolve("fence");
    }

    private long epoch(Lineage lineage) throws IOException {
        try {
            return Long.parseLong(Files.readString(fence(lineage)));
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    @Override
    public StagingWriter open(WriteTask task, Schema schema) {
        return new TileWriter(store, staging(task.lineage()), task, schema, provenance);
    }

    @Override
    public CommitResult commit(CommitId id, List<Staged> staged) {
        List<TileFile> files = new ArrayList<>();
        for (Staged piece : staged) {
            files.addAll(TileJson.read(piece.payload(), new TypeReference<List<TileFile>>() {}));
        }
        return writing(() -> locked(() -> {
            if (epoch(id.lineage()) != id.fence().epoch()) {
                throw new MillraceException(
                        ErrorKind.FENCED,
                        "another process has taken over the run that makes tiles in " + store.folder());
            }
            for (long tile : store.tiles(range)) {
                commit(store.day(tile), id, files);
            }
            return CommitResult.COMMITTED;
        }));
    }

    private void commit(String day, CommitId id, List<TileFile> files) throws IOException {
        List<TileFile> own = files.stream()
                .filter(file -> file.day().equals(day))
                .map(this::placed)
                .toList();
        Path folder = store.folder(day);
        DurableFiles.createDirectories(folder);
        for (TileFile file : own) {
            Path target = folder.resolve(file.name());
            try {
                Files.move(staging(id.lineage()).resolve(file.name()), target, StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException moved) {
                if (!Files.exists(target)) {
                    throw moved;
                }
            }
        }
        DurableFiles.syncDirectory(folder);
        TileManifest manifest = new TileManifest(TileManifest.VERSION, day, store.definition(), id.unit(), own);
        DurableFiles.write(store.manifest(day), manifest.toBytes());
        // What an earlier manifest named. Whoever still reads it is told that it is gone.
        Set<String> kept = new HashSet<>();
        own.forEach(file -> kept.add(file.name()));
        for (Path file : files(folder)) {
            if (file.toString().endsWith(TileWriter.SUFFIX)
                    && !kept.contains(file.getFileName().toString())) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** A task that only folds does not know the source; who commits does. */
    private TileFile placed(TileFile file) {
        return file.position().isEmpty() ? file.at(provenance.position()) : file;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Override
    public void cleanup(Lineage lineage, Collection<Staged> live) {
        Set<String> kept = new HashSet<>();
        live.forEach(piece -> TileJson.read(piece.payload(), new TypeReference<List<TileFile>>() {})
                .forEach(file -> kept.add(file.name())));
        writing(() -> {
            if (!Files.isDirectory(staging(lineage))) {
                return null;
            }
            try (Stream<Path> staged = Files.walk(staging(lineage))) {
                for (Path path : staged.sorted(Comparator.reverseOrder()).toList()) {
                    if (kept.isEmpty()
                            || path.toString().endsWith(TileWriter.SUFFIX)
                                    && !kept.contains(path.getFileName().toString())) {
                        Files.deleteIfExists(path);
                    }
                }
            }
            return null;
        });
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    /** Changes of the folder. */
    private interface Change<T> {
        T make() throws IOException;
    }

    private <T> T writing(Change<T> change) {
        try {
            return change.make();
        } catch (IOException failed) {
            throw MillraceException.denied("cannot write tiles to " + store.folder() + " (" + failed + ")", failed);
        }
    }

    /** Among the processes of this host. */
    private <T> T locked(Change<T> change) throws IOException {
        try (FileChannel channel = FileChannel.open(
                store.folder().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return change.make();
        }
    }
}
