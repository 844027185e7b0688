package io.millrace.connectors.files;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.formats.parquet.ParquetBatchReader;
import io.millrace.formats.parquet.partitioned.PartitionedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out whether a target can take these columns, without changing it. */
final class TargetCheck {
    private final TargetFolder target;
    private final ParquetTargetSettings settings;

    TargetCheck(TargetFolder target, ParquetTargetSettings settings) {
        this.target = target;
        this.settings = settings;
    }

    void check(Schema schema) {
        Schema dataSchema = dataSchema(schema, settings, target.root());
        checkFolder();
        if (settings.mode() != ParquetTargetSettings.Mode.OVERWRITE) {
            try {
                Optional<String> existing = DataFiles.any(target.root());
                if (existing.isPresent()) {
                    String file = existing.get().replace(File.separatorChar, '/');
                    new ExistingData(
                                    target.root().toString(),
                                    file,
                                    key -> ParquetBatchReader.schema(
                                            target.root().resolve(key)))
                            .requireSame(dataSchema, settings.partitionBy());
                }
            } catch (IOException failure) {
                throw FileFailure.of("cannot read", target.root(), failure);
            }
        }
    }

    /** The columns inside the files; a user error where Parquet, or this writer of it, cannot take them. */
    static Schema dataSchema(Schema schema, ParquetTargetSettings settings, Object root) {
        if (schema.size() == 0) {
            throw MillraceException.user("there is no column to write to " + root);
        }
        for (Field field : schema) {
            if (field.type() instanceof ListType list && list.element().kind() == DataType.Kind.LIST) {
                throw MillraceException.user("column '" + field.name() + "' is " + field.type()
                        + "; a list of lists cannot be written to Parquet here. Flatten it, or write it as json");
            }
        }
        return PartitionedWriter.dataSchema(schema, settings.partitionBy());
    }

    private void checkFolder() {
        Path existing = target.root();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            throw MillraceException.user(
                    "cannot write to the folder " + target.root() + ": " + existing + " is a file; name another path");
        }
        if (!Files.isWritable(existing)) {
            throw MillraceException.denied(
                    "cannot write to the folder " + target.root() + ": " + existing
                            + " is not writable for this user; change its permissions or name another path",
                    null);
        }
    }
}
