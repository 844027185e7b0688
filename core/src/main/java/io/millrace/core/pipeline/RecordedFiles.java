package io.millrace.core.pipeline;

import io.millrace.api.DefinitionFiles;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files that steps are made with, and what was found, which is part of the definition. One thread. */
final class RecordedFiles implements DefinitionFiles {
    private static final String NONE = "no such file";

    private final DefinitionFiles files;
    private final SortedMap<String, String> hashes = new TreeMap<>();

    RecordedFiles(DefinitionFiles files) {
        this.files = files;
    }

    @Override
    public Optional<byte[]> read(String path) {
        Optional<byte[]> bytes = files.read(path);
        hashes.put(path, bytes.map(DefinitionFingerprint::sha256).orElse(NONE));
        return bytes;
    }

    /** The SHA-256 of each file that was asked for, by path. */
    SortedMap<String, String> hashes() {
        return hashes;
    }
}
