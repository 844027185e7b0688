package io.millrace.connectors.files;

import io.millrace.storage.StoredObject;

/**
 * A file, or a part of it, within a split.
 *
 * @param from the first byte of text, or the first row group
 * @param to exclusive; of text that is read to its end, or whose length is not known before it is unpacked, the largest long
 */
record FilePart(StoredObject object, long from, long to) {
    static FilePart whole(StoredObject object) {
        return new FilePart(object, 0, Long.MAX_VALUE);
    }

    boolean isWhole() {
        return from == 0 && to == Long.MAX_VALUE;
    }
}
