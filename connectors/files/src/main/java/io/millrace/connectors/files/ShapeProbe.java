package io.millrace.connectors.files;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.formats.csv.CsvColumn;
import io.millrace.formats.csv.CsvInference;
import io.millrace.formats.csv.CsvReader;
import io.millrace.formats.json.JsonFields;
import io.millrace.formats.json.JsonInference;
import io.millrace.formats.json.JsonLimits;
import io.millrace.formats.parquet.ParquetFooter;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out which columns the files have: as declared, as Parquet says, or as the first rows look. */
final class ShapeProbe {
    private final Storage storage;
    private final SourceOptions options;

    ShapeProbe(Storage storage, SourceOptions options) {
        this.storage = storage;
        this.options = options;
    }

    FoundColumns look(List<StoredObject> files) {
        List<Field> partitions = partitions(files);
        if (!options.schema().isEmpty()) {
            return new FoundColumns(List.of(), Optional.empty(), partitions, List.of());
        }
        return switch (options.format()) {
            case CSV -> new FoundColumns(
                    inferredCsv(files).stream().map(CsvColumn::field).toList(),
                    Optional.empty(),
                    partitions,
                    options.csv().header() ? List.of() : madeUpNames(files.get(0)));
            case JSON_LINES -> new FoundColumns(List.of(), Optional.of(inferredJson(files)), partitions, List.of());
            case PARQUET -> new FoundColumns(footer(files.get(0)).fields(), Optional.empty(), partitions, List.of());
        };
    }

    private List<String> madeUpNames(StoredObject file) {
        try (UnpackedStream in = UnpackedStream.open(storage, file, options)) {
            return CsvReader.names(in, in.name(), options.csv(), options.recordLimit());
        }
    }

    /** Those of the first file; the others must have the same. Declared ones may be known before there is a file. */
    private List<Field> partitions(List<StoredObject> files) {
        List<Field> fields = new ArrayList<>();
        Iterable<String> names = files.isEmpty()
                ? options.partitions().keySet().stream().sorted().toList()
                : PartitionValues.of(files.get(0).key()).keySet();
        for (String name : names) {
            fields.add(Field.of(name, options.partitions().getOrDefault(name, DataType.STRING)));
        }
        for (String declared : options.partitions().keySet()) {
            if (fields.stream().noneMatch(field -> field.name().equals(declared))) {
                throw MillraceException.user("partitions: no folder " + declared + "=… is in the path of "
                        + storage.nameOf(files.get(0).key()));
            }
        }
        return fields;
    }

    private Schema footer(StoredObject file) {
        try (ObjectBytes bytes = new ObjectBytes(storage, file)) {
            return ParquetFooter.read(bytes, Optional.empty()).schema();
        }
    }

    private List<CsvColumn> inferredCsv(List<StoredObject> files) {
        for (StoredObject file : files) {
            try (UnpackedStream in = UnpackedStream.open(storage, file, options)) {
                List<CsvColumn> columns = CsvInference.columns(
                        in, in.name(), options.csv(), SourceOptions.SAMPLE_ROWS, options.recordLimit());
                if (!columns.isEmpty()) {
                    return columns;
                }
            }
        }
        throw MillraceException.user(
                "all files of " + storage.nameOf(options.pattern().rest())
                        + " are empty, so their columns are not known; declare them under schema");
    }

    private JsonFields inferredJson(List<StoredObject> files) {
        JsonLimits limits = new JsonLimits(options.recordLimit(), JsonLimits.DEFAULT.depth());
        JsonInference inference = new JsonInference(limits);
        int rows = 0;
        for (StoredObject file : files) {
            try (UnpackedStream in = UnpackedStream.open(storage, file, options)) {
                LineScanner lines = new LineScanner(in, 0, Long.MAX_VALUE, options.recordLimit());
                while (rows < SourceOptions.SAMPLE_ROWS && lines.next()) {
                    if (!lines.isTooLong()
                            && inference
                                    .add(lines.bytes(), lines.start(), lines.size())
                                    .isEmpty()) {
                        rows++;
                    }
                }
            }
            if (rows == SourceOptions.SAMPLE_ROWS) {
                break;
            }
        }
        try {
            return inference.fields();
        } catch (MillraceException unknown) {
            throw unknown.during("looking at the first lines of "
                    + storage.nameOf(options.pattern().rest()));
        }
    }
}
