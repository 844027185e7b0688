package io.millrace.core.metrics;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;

/**
 * The file that keeps the meter between runs. Changes of several processes follow one another; readers see a whole file. It
 * is not forced to the disk: after a power cut counters may begin anew, as monitoring expects of counters.
 */
final class MeterFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    /** Locks of files hold between processes only. */
    private static final Object IN_THIS_PROCESS = new Object();

    private final Path file;
    private final Path lock;

    MeterFile(Path stateFolder) {
        this.file = stateFolder.resolve("metrics.json");
        this.lock = stateFolder.resolve("metrics.lock");
    }

    /** What was kept last; empty where nothing was, or in a form that this Millrace does not know. */
    Meter read() {
        try {
            if (!Files.exists(file)) {
                return Meter.EMPTY;
            }
            Meter read = JSON.readValue(file.toFile(), Meter.class);
            return read.version() == Meter.VERSION ? read : Meter.EMPTY;
        } catch (IOException damaged) {
            return Meter.EMPTY;
        }
    }

    void change(UnaryOperator<Meter> change) throws IOException {
        synchronized (IN_THIS_PROCESS) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                Path temporary = file.resolveSibling(".metrics.json.tmp");
                Files.write(temporary, JSON.writeValueAsBytes(change.apply(read())));
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
