package io.millrace.connectors.files;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.formats.parquet.partitioned.PartitionFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Compares what is to be written with a file that lies there, so that one folder never holds two kinds of rows. */
final class ExistingData {
    private final String root;
    private final String file;
    private final Function<String, Schema> reader;

    /**
     * @param file relative to the target, with '/' between its parts
     * @param reader says which columns such a file has
     */
    ExistingData(String root, String file, Function<String, Schema> reader) {
        this.root = root;
        this.file = file;
        this.reader = reader;
    }

    /** A user error that names the first column or partition that differs; order and nullability may. */
    void requireSame(Schema dataSchema, List<String> partitionBy) {
        requireSamePartitions(partitionBy);
        String name = name();
        Schema found = reader.apply(file);
        for (Field field : dataSchema) {
            int position = found.indexOf(field.name());
            if (position < 0) {
                throw differs("column '" + field.name() + "' is new; " + name + " does not have it");
            }
            Field there = found.field(position);
            if (!there.type().equals(field.type())) {
                throw differs(
                        "column '" + field.name() + "' is " + field.type() + ", but " + there.type() + " in " + name);
            }
        }
        for (Field there : found) {
            if (!dataSchema.contains(there.name())) {
                throw differs("column '" + there.name() + "' of " + name + " is missing");
            }
        }
    }

    private String name() {
        return root + "/" + file;
    }

    private void requireSamePartitions(List<String> partitionBy) {
        List<String> found = new ArrayList<>();
        String[] parts = file.split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            if (parts[i].contains("=")) {
                found.add(parts[i].substring(0, parts[i].indexOf('=')));
            }
        }
        List<String> wanted = partitionBy.stream().map(PartitionFolder::escape).toList();
        if (!found.equals(wanted)) {
            throw differs("partition_by is " + wanted + ", but " + name() + " is partitioned by " + found);
        }
    }

    private MillraceException differs(String difference) {
        return MillraceException.user("the rows do not fit what " + root + " holds: " + difference
                + ". Change the pipeline, name another folder, or replace everything with mode: overwrite");
    }
}
