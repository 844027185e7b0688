package io.millrace.core.learned;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.millrace.api.data.LongColumn;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;

/** A fit file's content as JSON, for people and for {@link FitFileReader}. */
final class FitFileWriter {
    private static final JsonFactory JSON = JsonFactory.builder()
            // The JDK's own text of a double differs between its versions.
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private FitFileWriter() {}

    static String json(FitFile file) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            json.writeStartObject();
            json.writeNumberField(FitFileFormat.VERSION_KEY, FitFileFormat.VERSION);
            json.writeStringField("kind", file.kind());
            json.writeArrayFieldStart("columns");
            for (String column : file.columns()) {
                json.writeString(column);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("learned_with");
            for (Map.Entry<String, String> setting : file.learnedWith().entrySet()) {
                json.writeStringField(setting.getKey(), setting.getValue());
            }
            json.writeEndObject();
            write(json, file.provenance());
            write(json, file.statistics());
            write(json, file.learned());
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Provenance provenance) throws IOException {
        json.writeObjectFieldStart("provenance");
        json.writeStringField("pipeline", provenance.pipeline());
        json.writeStringField("source", provenance.source());
        json.writeStringField("window", provenance.window());
        json.writeNumberField("extracted", provenance.extracted());
        json.writeNumberField("rejected", provenance.rejected());
        json.writeStringField("learned_at", provenance.learnedAt().toString());
        json.writeStringField("definition", provenance.definition());
        json.writeStringField("version", provenance.version());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Statistics statistics) throws IOException {
        json.writeObjectFieldStart("statistics");
        json.writeNumberField("rows", statistics.rows());
        json.writeNumberField("nulls", statistics.nulls());
        if (statistics instanceof NumberStatistics numbers) {
            writeNumbers(json, numbers);
        } else {
            writeValues(json, (ValueStatistics) statistics);
        }
        json.writeEndObject();
    }

    private static void writeNumbers(JsonGenerator json, NumberStatistics numbers) throws IOException {
        json.writeNumberField("nan", numbers.nan());
        json.writeNumberField("infinite", numbers.infinite());
        json.writeNumberField("min", numbers.min());
        json.writeNumberField("max", numbers.max());
        json.writeNumberField("mean", numbers.mean());
        json.writeNumberField("stddev", numbers.stddev());
        json.writeStringField("quantile_method", numbers.quantileMethod());
        json.writeObjectFieldStart("quantiles");
        for (Map.Entry<Double, Double> quantile : numbers.quantiles().entrySet()) {
            json.writeNumberField(quantile.getKey().toString(), quantile.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("bins");
        writeDoubles(json, "edges", numbers.bins().edges());
        json.writeArrayFieldStart("counts");
        for (long count : numbers.bins().counts()) {
            json.writeNumber(count);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeValues(JsonGenerator json, ValueStatistics values) throws IOException {
        json.writeNumberField("values", values.values());
        json.writeNumberField("distinct", values.distinct());
        json.writeNumberField("outside", values.outside());
        json.writeArrayFieldStart("top");
        for (ValueStatistics.TopValue top : values.top()) {
            json.writeStartObject();
            json.writeStringField("value", top.value());
            json.writeNumberField("count", top.count());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Learned learned) throws IOException {
        json.writeObjectFieldStart("parameters");
        for (Map.Entry<String, Double> number : learned.numbers().entrySet()) {
            json.writeNumberField(number.getKey(), number.getValue());
        }
        json.writeEndObject();
        writeDoubles(json, "edges", learned.edges());
        if (learned.vocabulary().isPresent()) {
            write(json, learned.vocabulary().get());
        }
    }

    private static void write(JsonGenerator json, Vocabulary vocabulary) throws IOException {
        json.writeObjectFieldStart("vocabulary");
        json.writeStringField("type", vocabulary.type().toString());
        json.writeArrayFieldStart("values");
        for (int i = 0; i < vocabulary.size(); i++) {
            if (vocabulary.values() instanceof LongColumn longs) {
                json.writeNumber(longs.get(i));
            } else {
                json.writeString(vocabulary.text(i));
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("counts");
        for (int i = 0; i < vocabulary.size(); i++) {
            json.writeNumber(vocabulary.count(i));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeDoubles(JsonGenerator json, String key, Iterable<Double> values) throws IOException {
        json.writeArrayFieldStart(key);
        for (double value : values) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }
}
