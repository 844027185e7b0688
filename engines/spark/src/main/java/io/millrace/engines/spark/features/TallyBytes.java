package io.millrace.engines.spark.features;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A {@link Tally} as the bytes of a note, read by tasks of the same job only. */
final class TallyBytes {
    private TallyBytes() {}

    static byte[] write(Tally tally) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(tally.extracted());
            out.writeLong(tally.filtered());
            out.writeLong(tally.deduplicated());
            out.writeLong(tally.rejected());
            out.writeLong(tally.groupsFiltered());
            out.writeLong(tally.groupsRejected());
            out.writeInt(tally.rejects().size());
            for (String line : tally.rejects()) {
                byte[] text = line.getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return bytes.toByteArray();
    }

    static Tally read(byte[] note) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(note))) {
            long extracted = in.readLong();
            long filtered = in.readLong();
            long deduplicated = in.readLong();
            long rejected = in.readLong();
            long groupsFiltered = in.readLong();
            long groupsRejected = in.readLong();
            List<String> rejects = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                rejects.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
            }
            return new Tally(extracted, filtered, deduplicated, rejected, 0, groupsFiltered, groupsRejected, rejects);
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory", impossible);
        }
    }
}
