package io.millrace.connectors.files;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Split;
import io.millrace.storage.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a split reads: parts of files, one after another.
 *
 * @param window the rows to deliver
 * @param columns that the plan has found, as {@link FoundColumns} writes them: whoever reads the split need not look again
 */
record FileSplit(List<FilePart> parts, MicrosWindow window, int batchRows, String columns) {
    private static final int VERSION = 2;

    Split toSplit(String id, long rows, long bytes) {
        List<Object> list = new ArrayList<>();
        for (FilePart part : parts) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("key", part.object().key());
            map.put("size", part.object().size());
            map.put("version", part.object().version());
            map.put("modified", part.object().modified().toString());
            map.put("from", part.from());
            map.put("to", part.to());
            list.add(map);
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("batch_rows", (long) batchRows);
        payload.put("window_from", window.from());
        payload.put("window_to", window.to());
        payload.put("columns", columns);
        payload.put("parts", list);
        return new Split(id, VERSION, Json.write(payload), rows, bytes);
    }

    static FileSplit of(Split split) {
        if (split.version() != VERSION) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    "split " + split.id() + " was planned by another version of Millrace; finish the run with that, or"
                            + " start it anew with --restart");
        }
        Map<String, Object> payload = Json.readObject(split.payload());
        List<FilePart> parts = new ArrayList<>();
        for (Object part : (List<?>) payload.get("parts")) {
            Map<?, ?> map = (Map<?, ?>) part;
            StoredObject object = new StoredObject(
                    (String) map.get("key"), (Long) map.get("size"), (String) map.get("version"), Instant.parse((String)
                            map.get("modified")));
            parts.add(new FilePart(object, (Long) map.get("from"), (Long) map.get("to")));
        }
        return new FileSplit(
                parts,
                new MicrosWindow((Long) payload.get("window_from"), (Long) payload.get("window_to")),
                (int) (long) (Long) payload.get("batch_rows"),
                (String) payload.get("columns"));
    }
}
