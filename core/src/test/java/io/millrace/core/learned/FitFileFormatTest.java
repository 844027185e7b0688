package io.millrace.core.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.NullBitmap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FitFileFormatTest {
    private static final Provenance PROVENANCE = new Provenance(
            "prices", "file:/data/*.csv", "all", 5, 1, Instant.parse("2026-01-02T03:04:05Z"), "abc", "0.1.0");

    @Test
    void numbersComeBackToTheLastBit() {
        FitFile file = numbers();
        FitFile back = FitFileFormat.read(FitFileFormat.write(file), "price.json");
        assertThat(back).isEqualTo(file);
        assertThat(FitFileFormat.write(back)).isEqualTo(FitFileFormat.write(file));
    }

    @Test
    void vocabulariesComeBackInOrder() {
        for (DataType type : List.of(DataType.STRING, DataType.INT64)) {
            ValueLearner learner = new ValueLearner(type, "index", 1, 10);
            ColumnBuilder values = ColumnBuilder.of(type);
            boolean text = type.equals(DataType.STRING);
            List.of(3L, 1L, 3L).forEach(n -> values.append(text ? "\"日\n" + n : (Object) n));
            learner.add(values.build());
            FitFile file = new FitFile(
                    "index",
                    List.of("a", "b"),
                    Map.of("min_count", "1"),
                    Learned.of(learner.vocabulary()),
                    learner.statistics(),
                    PROVENANCE);
            FitFile back = FitFileFormat.read(FitFileFormat.write(file), "items.json");
            Vocabulary vocabulary = back.learned().vocabulary().orElseThrow();
            assertThat(vocabulary.type()).isEqualTo(type);
            assertThat(vocabulary.text(0)).isEqualTo(text ? "\"日\n3" : "3");
            assertThat(vocabulary.count(0)).isEqualTo(2);
            assertThat(vocabulary.size()).isEqualTo(2);
            assertThat(back.statistics()).isEqualTo(file.statistics());
            assertThat(back.learnedWith()).isEqualTo(file.learnedWith());
        }
    }

    @Test
    void whatWasEditedOrCutOffIsRefused() {
        String text = new String(FitFileFormat.write(numbers()), StandardCharsets.UTF_8);
        String edited = text.replace("\"mean\" : 1.5", "\"mean\" : 1.6");
        assertThat(edited).isNotEqualTo(text);
        assertThatThrownBy(() -> FitFileFormat.read(edited.getBytes(StandardCharsets.UTF_8), "state/price.json"))
                .hasMessage("the fit file state/price.json has been changed since it was learned; learn it again:"
                        + "  millrace fit FILE --refit");
        assertThatThrownBy(() ->
                        FitFileFormat.read(text.substring(0, 200).getBytes(StandardCharsets.UTF_8), "state/price.json"))
                .hasMessageStartingWith("the fit file state/price.json has no checksum at its end");
    }

    @Test
    void sumsOfManyDigitsAreWrittenShortest() {
        assertThat(new String(FitFileFormat.write(numbers()), StandardCharsets.UTF_8))
                .contains("\"min\" : 0.1,")
                .contains("\"millrace_fit\" : 1,")
                .endsWith("\"\n}\n");
    }

    private static FitFile numbers() {
        NumberLearner learner = new NumberLearner();
        double[] values = {0.1, 2.9, Double.NaN};
        learner.add(DoubleColumn.of(3, NullBitmap.NONE, values));
        NumberStatistics found = learner.statistics();
        return new FitFile(
                "z_score",
                List.of("price"),
                Map.of(),
                Learned.ofNumbers(Map.of("mean", found.mean(), "stddev", found.stddev())),
                found,
                PROVENANCE);
    }
}
