package io.millrace.connectors.files;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Staged;
import io.millrace.storage.StagedUpload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Parquet file whose bytes are all on S3, in an upload that is not completed.
 *
 * @param folder the partition's folder, relative to the target; empty without partitions
 */
record StagedObject(StagedUpload upload, String folder, long rows, long crc32c) {
    static final String CONNECTOR = "parquet-s3";
    static final int VERSION = 1;

    static Staged staged(List<StagedObject> objects) {
        long rows = objects.stream().mapToLong(StagedObject::rows).sum();
        return new Staged(CONNECTOR, VERSION, Json.write(Map.of("files", listOf(objects))), rows);
    }

    static List<Object> listOf(List<StagedObject> objects) {
        return objects.stream().map(object -> (Object) object.toMap()).toList();
    }

    static List<StagedObject> of(Staged staged) {
        if (!staged.connector().equals(CONNECTOR) || staged.version() != VERSION) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    "a piece was staged by connector " + staged.connector() + ", format " + staged.version()
                            + "; this version reads " + CONNECTOR + ", format " + VERSION
                            + ". Finish the run with the version that began it, or start it anew with --restart");
        }
        return of(Json.readObject(staged.payload()).get("files"));
    }

    static List<StagedObject> of(Object list) {
        return ((List<?>) list).stream().map(map -> of((Map<?, ?>) map)).toList();
    }

    private static StagedObject of(Map<?, ?> map) {
        List<String> parts =
                ((List<?>) map.get("parts")).stream().map(String.class::cast).toList();
        StagedUpload upload = new StagedUpload(
                (String) map.get("key"), (String) map.get("upload"), (String) map.get("token"), parts, (Long)
                        map.get("bytes"));
        return new StagedObject(
                upload,
                (String) map.get("folder"),
                (Long) map.get("rows"),
                Long.parseLong((String) map.get("crc32c"), 16));
    }

    private Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("key", upload.key());
        map.put("upload", upload.id());
        map.put("token", upload.token());
        map.put("parts", upload.parts());
        map.put("bytes", upload.bytes());
        map.put("folder", folder);
        map.put("rows", rows);
        map.put("crc32c", Long.toHexString(crc32c));
        return map;
    }
}
