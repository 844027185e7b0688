package io.millrace.connectors.files;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Staged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A complete file in the staging folder.
 *
 * @param name within the lineage's staging folder, whatever its epoch
 * @param piece the piece it belongs to
 * @param folder the partition's folder, relative to the target; empty without partitions
 * @param crc32c of all its bytes
 */
record StagedFile(String name, String piece, String folder, long rows, long bytes, long crc32c) {
    static final String CONNECTOR = "parquet";
    static final int VERSION = 1;

    static Staged staged(List<StagedFile> files) {
        List<Object> list = new ArrayList<>();
        long rows = 0;
        for (StagedFile file : files) {
            list.add(file.toMap());
            rows += file.rows;
        }
        return new Staged(CONNECTOR, VERSION, Json.write(Map.of("files", list)), rows);
    }

    static List<StagedFile> of(Staged staged) {
        if (!staged.connector().equals(CONNECTOR) || staged.version() != VERSION) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    "a piece was staged by connector " + staged.connector() + ", format " + staged.version()
                            + "; this version reads " + CONNECTOR + ", format " + VERSION
                            + ". Finish the run with the version that began it, or start it anew with --restart");
        }
        return listOf(Json.readObject(staged.payload()).get("files"));
    }

    static List<StagedFile> listOf(Object list) {
        return ((List<?>) list).stream().map(file -> of((Map<?, ?>) file)).toList();
    }

    private static StagedFile of(Map<?, ?> map) {
        return new StagedFile(
                (String) map.get("name"),
                (String) map.get("piece"),
                (String) map.get("folder"),
                (Long) map.get("rows"),
                (Long) map.get("bytes"),
                Long.parseLong((String) map.get("crc32c"), 16));
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("piece", piece);
        map.put("folder", folder);
        map.put("rows", rows);
        map.put("bytes", bytes);
        map.put("crc32c", Long.toHexString(crc32c));
        return map;
    }
}
