package io.millrace.engines.spark.batch;

import io.millrace.api.PieceResult;
import io.millrace.core.ledger.ResultJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a task says of one piece. It goes to the driver as the result of a task, or as a record among the rows that a shuffle
 * carries, so that it wins or loses together with them.
 *
 * @param rejects the content of the file of rejected rows that the result names, where it is not kept where it was written
 * @param notes of the task, with its last piece
 */
record Outcome(int stage, String splitId, PieceResult result, byte[] rejects, TaskNotes notes) {
    Outcome with(TaskNotes noted) {
        return new Outcome(stage, splitId, result, rejects, noted);
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(stage);
            write(out, splitId.getBytes(StandardCharsets.UTF_8));
            write(out, ResultJson.note(result).getBytes(StandardCharsets.UTF_8));
            write(out, rejects);
            notes.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, byte[] part) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }

    static Outcome of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int stage = in.readInt();
            String splitId = new String(read(in), StandardCharsets.UTF_8);
            PieceResult result = ResultJson.ofNote(new String(read(in), StandardCharsets.UTF_8));
            return new Outcome(stage, splitId, result, read(in), TaskNotes.read(in));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static byte[] read(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
