package io.millrace.connectors.http;

import io.millrace.api.ErrorKind;
import io.millrace.formats.json.JsonPage;
import io.millrace.formats.json.JsonPath;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Pages, or the records before them, are counted; behind the last page is an empty one. */
final class CountingPager implements Pager {
    private final String param;
    private final long start;
    private final Optional<Integer> size;
    private final boolean records;
    private byte[] previous;

    /** @param records true where records are counted, false where pages are */
    CountingPager(String param, long start, Optional<Integer> size, boolean records) {
        this.param = param;
        this.start = start;
        this.size = size;
        this.records = records;
    }

    @Override
    public URI uri(URI first, Optional<String> page) {
        return Query.with(first, param, page.orElse(String.valueOf(start)));
    }

    @Override
    public List<JsonPath> values() {
        return List.of();
    }

    @Override
    public Optional<String> next(PageAnswer answered) throws Failed {
        JsonPage page = answered.page();
        int count = page.recordCount();
        if (size.isPresent() && count > size.get()) {
            throw Failed.finallyWith(
                    ErrorKind.DENIED,
                    "the page holds " + count + " records, more than pagination says (size: " + size.get()
                            + "); correct size, or leave it out");
        }
        if (count == 0 || size.isPresent() && count < size.get()) {
            return Optional.empty();
        }
        byte[] digest = digest(answered);
        if (Arrays.equals(digest, previous)) {
            throw Failed.finallyWith(
                    ErrorKind.DENIED,
                    "the page holds the same records as the one before; does the API know the parameter '" + param
                            + "'?");
        }
        previous = digest;
        long current = answered.name().map(Long::parseLong).orElse(start);
        return Optional.of(String.valueOf(current + (records ? count : 1)));
    }

    private static byte[] digest(PageAnswer answered) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            JsonPage page = answered.page();
            for (int i = 0; i < page.recordCount(); i++) {
                digest.update(answered.body(), page.start(i), page.size(i));
                digest.update((byte) '\n');
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
