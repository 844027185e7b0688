package io.millrace.connectors.files;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Timestamps;
import io.millrace.storage.StoredObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which files earlier increments have taken: all that were modified before {@code until - overlap}, and of the later ones
 * those whose hashes are kept. So the state grows with the files of one overlap, not with all there ever were.
 *
 * @param until when the newest file of the last listing was modified, in microseconds
 */
record SeenFiles(long until, Set<String> hashes) {
    static final SeenFiles NONE = new SeenFiles(Long.MIN_VALUE, Set.of());

    private static final long FORMAT = 1;

    boolean isNew(StoredObject file, Duration overlap) {
        return until == Long.MIN_VALUE
                || micros(file) > until - overlap.toNanos() / 1000 && !hashes.contains(hash(file));
    }

    /** What the next increment is to know, when this one has taken all files of the listing that were new. */
    SeenFiles after(List<StoredObject> listing, Duration overlap) {
        long newest = until;
        for (StoredObject file : listing) {
            newest = Math.max(newest, micros(file));
        }
        Set<String> kept = new HashSet<>();
        for (StoredObject file : listing) {
            if (newest != Long.MIN_VALUE && micros(file) > newest - overlap.toNanos() / 1000) {
                kept.add(hash(file));
            }
        }
        return new SeenFiles(newest, kept);
    }

    private static long micros(StoredObject file) {
        return Timestamps.toMicros(file.modified());
    }

    /** 64 bits of a digest: two of a million files meet with a probability below 10^-7. */
    private static String hash(StoredObject file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((file.key() + "\n" + file.version()).getBytes(StandardCharsets.UTF_8));
            return Long.toHexString(ByteBuffer.wrap(digest).getLong());
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    String toText() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("format", FORMAT);
        map.put("until", until);
        map.put("seen", new ArrayList<Object>(hashes.stream().sorted().toList()));
        return Json.write(map);
    }

    static SeenFiles parse(String text) {
        try {
            Map<String, Object> map = Json.readObject(text);
            if ((Long) map.get("format") != FORMAT) {
                throw new IllegalArgumentException("format " + map.get("format"));
            }
            Set<String> hashes = new HashSet<>();
            ((List<?>) map.get("seen")).forEach(hash -> hashes.add((String) hash));
            return new SeenFiles((Long) map.get("until"), hashes);
        } catch (RuntimeException foreign) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    "the stored position of this incremental pipeline is not one of files; start over with --full",
                    foreign);
        }
    }
}
