package io.millrace.engines.flink;

import io.millrace.api.MillraceException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.OperatorStateHandle;

/**
 * A complete checkpoint or savepoint, and what it knows of its stream, read before a job is started from it.
 *
 * @param path its folder
 * @param pieces that were not committed yet when it was made
 */
record KnownCheckpoint(Path path, long id, StreamState state, List<Piece> pieces) {
    /** A complete one is known by it: it is put in place last. */
    private static final String METADATA = "_metadata";

    private static final int DEPTH = 4;

    /** The newest one below these folders. */
    static Optional<KnownCheckpoint> latest(List<Path> folders) {
        return folders.stream()
                .flatMap(folder -> complete(folder).stream())
                .map(KnownCheckpoint::read)
                .max(Comparator.comparingLong(KnownCheckpoint::id));
    }

    private static List<Path> complete(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.find(folder, DEPTH, (path, attributes) -> path.getFileName()
                .toString()
                .equals(METADATA))) {
            return files.map(Path::getParent).toList();
        } catch (IOException failed) {
            throw MillraceException.denied("cannot look for checkpoints in " + folder + " (" + failed + ")", failed);
        }
    }

    /** Reads one; a user error where there is none, or it is none of a Millrace stream. */
    static KnownCheckpoint read(Path folder) {
        Path metadata = folder.resolve(METADATA);
        if (!Files.isRegularFile(metadata)) {
            throw MillraceException.user(folder + " is no checkpoint: it has no file " + METADATA
                    + "; name the folder of a savepoint or checkpoint");
        }
        try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
            CheckpointMetadata known = Checkpoints.loadCheckpointMetadata(
                    in, KnownCheckpoint.class.getClassLoader(), folder.toUri().toString());
            List<byte[]> state = values(known, CommitOperator.STATE);
            if (state.isEmpty()) {
                throw MillraceException.user(folder + " is a checkpoint of another program than Millrace");
            }
            return new KnownCheckpoint(
                    folder,
                    known.getCheckpointId(),
                    StreamState.of(state.get(0)),
                    values(known, CommitOperator.PIECES).stream().map(Piece::of).toList());
        } catch (IOException damaged) {
            throw MillraceException.denied(
                    "the checkpoint " + folder + " cannot be read (" + damaged
                            + "); go on from another one with --from, or begin anew with --restart",
                    damaged);
        }
    }

    private static List<byte[]> values(CheckpointMetadata known, String name) throws IOException {
        List<byte[]> values = new ArrayList<>();
        for (OperatorState operator : known.getOperatorStates()) {
            for (OperatorSubtaskState subtask : operator.getStates()) {
                for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
                    OperatorStateHandle.StateMetaInfo places =
                            handle.getStateNameToPartitionOffsets().get(name);
                    if (places != null) {
                        read(handle, places.getOffsets(), values);
                    }
                }
            }
        }
        return values;
    }

    private static void read(OperatorStateHandle handle, long[] offsets, List<byte[]> values) throws IOException {
        try (FSDataInputStream in = handle.openInputStream()) {
            for (long offset : offsets) {
                in.seek(offset);
                values.add(BytePrimitiveArraySerializer.INSTANCE.deserialize(new DataInputViewStreamWrapper(in)));
            }
        }
    }
}
