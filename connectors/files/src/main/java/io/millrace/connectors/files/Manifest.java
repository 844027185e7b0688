package io.millrace.connectors.files;

import io.millrace.api.CommitId;
import io.millrace.api.ErrorKind;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The decision of a commit. Once it is on the disk the commit has happened, and anybody may carry it out to the end, any
 * number of times.
 *
 * @param remove files that the commit replaces, relative to the target
 */
record Manifest(CommitId id, List<Publication> files, List<String> remove) {
    static final String UNFINISHED = ".json";
    static final String FINISHED = ".done";

    private static final long FORMAT = 1;

    /**
     * One staged file and its place among the data.
     *
     * @param target relative to the target folder
     */
    record Publication(StagedFile file, String target) {}

    byte[] toBytes() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("format", FORMAT);
        body.put("pipeline", id.lineage().pipeline());
        body.put("lineage", id.lineage().id());
        body.put("unit", id.unit());
        body.put("sequence", id.sequence());
        body.put("epoch", id.fence().epoch());
        List<Object> list = new ArrayList<>();
        for (Publication publication : files) {
            Map<String, Object> file = publication.file().toMap();
            file.put("target", publication.target());
            list.add(file);
        }
        body.put("files", list);
        body.put("remove", new ArrayList<>(remove));
        Map<String, Object> sealed = new LinkedHashMap<>();
        sealed.put("checksum", checksum(body));
        sealed.put("manifest", body);
        return (Json.write(sealed) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads {@link #toBytes()} back; {@code place} names the file in messages. */
    static Manifest of(byte[] bytes, Object place) {
        try {
            Map<String, Object> sealed = Json.readObject(new String(bytes, StandardCharsets.UTF_8));
            Map<?, ?> body = (Map<?, ?>) sealed.get("manifest");
            if (!checksum(body).equals(sealed.get("checksum")) || (Long) body.get("format") != FORMAT) {
                throw new IllegalArgumentException("its checksum or format is another");
            }
            Lineage lineage = new Lineage((String) body.get("pipeline"), (String) body.get("lineage"));
            CommitId id = new CommitId(lineage, (String) body.get("unit"), (Long) body.get("sequence"), new Fence((Long)
                    body.get("epoch")));
            List<StagedFile> staged = StagedFile.listOf(body.get("files"));
            List<Publication> files = new ArrayList<>();
            for (int i = 0; i < staged.size(); i++) {
                Map<?, ?> file = (Map<?, ?>) ((List<?>) body.get("files")).get(i);
                files.add(new Publication(staged.get(i), (String) file.get("target")));
            }
            List<String> remove = ((List<?>) body.get("remove"))
                    .stream().map(String.class::cast).toList();
            return new Manifest(id, files, remove);
        } catch (IllegalArgumentException | ClassCastException | NullPointerException unreadable) {
            throw new MillraceException(
                    ErrorKind.DENIED,
                    "the manifest " + place + " of a commit that was not finished cannot be read ("
                            + unreadable.getMessage() + "); restore it, or remove it to give that commit up",
                    unreadable);
        }
    }

    private static String checksum(Object body) {
        byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length);
        return Long.toHexString(checksum.getValue());
    }
}
