package io.millrace.app.init;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.core.config.Environment;
import io.millrace.core.pipeline.Catalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings that an address leaves open, by trial: the format of a folder's files, the place of an answer's records. */
final class SourceVariants {
    /** Where APIs usually have their records. */
    private static final List<String> RECORDS = List.of("data", "items", "results", "records", "events", "data.items");

    private record Files(String format, String pattern) {}

    private static final List<Files> FORMATS = List.of(
            new Files("parquet", "*.parquet"),
            new Files("csv", "*.csv"),
            new Files("csv", "*.csv.{gz,zst}"),
            new Files("json_lines", "*.{jsonl,ndjson,json}"),
            new Files("json_lines", "*.{jsonl,ndjson,json}.{gz,zst}"));

    private SourceVariants() {}

    /** The settings that could be meant, in the order in which they are to be tried. */
    static List<Map<String, Object>> of(SourceAddress address) {
        Map<String, Object> settings = address.settings();
        List<Map<String, Object>> variants = new ArrayList<>();
        if (address.connector().equals("http") && !settings.containsKey("records")) {
            variants.add(settings);
            RECORDS.forEach(path -> variants.add(with(settings, Map.of("records", path))));
        } else if (isFolder(address)) {
            String folder = settings.get("path").toString().replaceFirst("/+$", "");
            for (Files files : FORMATS) {
                variants.add(with(settings, Map.of("path", folder + "/**/" + files.pattern, "format", files.format)));
            }
        } else {
            variants.add(settings);
        }
        return variants;
    }

    private static boolean isFolder(SourceAddress address) {
        String path = String.valueOf(address.settings().get("path"));
        return List.of("files", "s3").contains(address.connector())
                && !address.settings().containsKey("format")
                && !path.matches("(?i).*\\.(parquet|csv|jsonl|ndjson|json)(\\.gz|\\.zst)?")
                && !path.matches(".*[*?\\[{].*");
    }

    private static Map<String, Object> with(Map<String, Object> settings, Map<String, Object> further) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.putAll(further);
        return all;
    }

    /** A variant and what the source says under it. */
    record Answer(Map<String, Object> settings, SampledSource sample) {}

    /** The first variant that the source understands. Where none is, the first one's failure tells why. */
    static Answer find(SourceAddress address, Environment environment, Catalog catalog) {
        MillraceException first = null;
        List<Map<String, Object>> variants = of(address);
        for (Map<String, Object> settings : variants) {
            try {
                return new Answer(settings, SampledSource.of(address.connector(), settings, environment, catalog));
            } catch (MillraceException unfit) {
                first = first == null ? unfit : first;
                if (unfit.kind() == ErrorKind.UNAVAILABLE || unfit.kind() == ErrorKind.INTERNAL) {
                    break;
                }
            }
        }
        if (variants.size() > 1 && !address.connector().equals("http") && first.kind() == ErrorKind.USER) {
            throw new MillraceException(
                    ErrorKind.USER,
                    "below " + address.settings().get("path")
                            + " no file ends in .parquet, .csv, .jsonl, .ndjson or .json"
                            + " (also .gz or .zst) and can be read; where the names differ, add --with format=csv. "
                            + first.getMessage(),
                    first);
        }
        throw first;
    }
}
