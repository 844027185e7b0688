package io.millrace.connectors.files;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.formats.parquet.ParquetBatchReader;
import io.millrace.formats.parquet.partitioned.PartitionFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what is to be written with a file that lies there, so that one folder never holds two kinds of rows. */
final class ExistingData {
    private final TargetFolder target;

    ExistingData(TargetFolder target) {
        this.target = target;
    }

    /** A user error that names the first column or partition that differs; order and nullability may. */
    void requireSame(Schema dataSchema, List<String> partitionBy) throws IOException {
        Optional<String> existing = DataFiles.any(target.root());
        if (existing.isEmpty()) {
            return;
        }
        Path file = target.root().resolve(existing.get());
        requireSamePartitions(file, partitionBy);
        Schema found = ParquetBatchReader.schema(file);
        for (Field field : dataSchema) {
            int position = found.indexOf(field.name());
            if (position < 0) {
                throw differs("column '" + field.name() + "' is new; " + file + " does not have it");
            }
            Field there = found.field(position);
            if (!there.type().equals(field.type())) {
                throw differs(
                        "column '" + field.name() + "' is " + field.type() + ", but " + there.type() + " in " + file);
            }
        }
        for (Field there : found) {
            if (!dataSchema.contains(there.name())) {
                throw differs("column '" + there.name() + "' of " + file + " is missing");
            }
        }
    }

    private void requireSamePartitions(Path file, List<String> partitionBy) {
        List<String> found = new ArrayList<>();
        for (Path folder : target.root().relativize(file)) {
            String name = folder.toString();
            if (!folder.equals(file.getFileName()) && name.contains("=")) {
                found.add(name.substring(0, name.indexOf('=')));
            }
        }
        List<String> wanted = partitionBy.stream().map(PartitionFolder::escape).toList();
        if (!found.equals(wanted)) {
            throw differs("partition_by is " + wanted + ", but " + file + " is partitioned by " + found);
        }
    }

    private MillraceException differs(String difference) {
        return MillraceException.user("the rows do not fit what " + target.root() + " holds: " + difference
                + ". Change the pipeline, name another folder, or replace everything with mode: overwrite");
    }
}
