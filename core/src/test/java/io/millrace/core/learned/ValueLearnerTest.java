package io.millrace.core.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValueLearnerTest {
    @Test
    void theMostFrequentComesFirstAndEqualCountsGoByValue() {
        ValueLearner learner = learned(DataType.STRING, List.of("b", "c", "a", "c", "é", "z"), 1, 100);
        assertThat(texts(learner.vocabulary())).containsExactly("c", "a", "b", "z", "é");
        ValueLearner numbers = learned(DataType.INT32, List.of(10, 9, -1, 10), 1, 100);
        assertThat(texts(numbers.vocabulary())).containsExactly("10", "-1", "9");
    }

    @Test
    void rareValuesAndThoseBeyondTheSizeStayOutside() {
        List<Object> values = List.of("a", "a", "a", "b", "b", "c", "c", "d");
        ValueLearner learner = learned(DataType.STRING, values, 2, 2);
        assertThat(texts(learner.vocabulary())).containsExactly("a", "b");
        ValueStatistics found = learner.statistics();
        assertThat(found.distinct()).isEqualTo(4);
        assertThat(found.outside()).isEqualTo(3);
        assertThat(found.top())
                .containsExactly(new ValueStatistics.TopValue("a", 3), new ValueStatistics.TopValue("b", 2));
    }

    @Test
    void elementsOfListsAreCountedAndNullsApart() {
        List<Object> values = new ArrayList<>(List.of(List.of(1L, 2L, 1L), List.of()));
        values.add(Arrays.asList(2L, null));
        values.add(null);
        ValueLearner learner = learned(DataType.list(DataType.INT64), values, 1, 10);
        assertThat(learner.statistics())
                .isEqualTo(new ValueStatistics(
                        4,
                        1,
                        4,
                        2,
                        0,
                        List.of(new ValueStatistics.TopValue("1", 2), new ValueStatistics.TopValue("2", 2))));
    }

    @Test
    void mergesToTheSameWhateverTheSplits() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            boolean text = random.nextBoolean();
            List<Object> values = new ArrayList<>();
            Map<String, Long> expected = new HashMap<>();
            for (int i = 0; i < 3000; i++) {
                int number = (int) Math.abs(random.nextGaussian() * 400);
                values.add(text ? (Object) ("v" + number) : (Object) (long) number);
                expected.merge(text ? "v" + number : "" + number, 1L, Long::sum);
            }
            DataType type = text ? DataType.STRING : DataType.INT64;
            Vocabulary whole = learned(type, values, 1, 1000).vocabulary();
            Collections.shuffle(values, random);
            ValueLearner parts = learned(type, values.subList(0, 1000), 1, 1000);
            parts.merge(learned(type, values.subList(1000, 1100), 1, 1000));
            parts.merge(learned(type, values.subList(1100, 3000), 1, 1000));
            Vocabulary merged = parts.vocabulary();
            assertThat(texts(merged)).as("seed %d", seed).isEqualTo(texts(whole));
            List<Map.Entry<String, Long>> naive = new ArrayList<>(expected.entrySet());
            naive.sort(Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(
                            text ? Map.Entry.comparingByKey() : Comparator.comparing(e -> Long.parseLong(e.getKey()))));
            List<Map.Entry<String, Long>> actual = IntStream.range(0, merged.size())
                    .mapToObj(i -> Map.entry(merged.text(i), merged.count(i)))
                    .toList();
            assertThat(actual).as("seed %d", seed).isEqualTo(naive);
        }
    }

    @Test
    void findsPlacesOfValuesThatItHas() {
        Vocabulary vocabulary = Vocabulary.of(List.of("x", "", "日本"));
        int[] places = vocabulary.places(Vocabulary.of(List.of("日本", "y", "", "x")));
        assertThat(places).containsExactly(2, ValueIds.NONE, 1, 0);
    }

    @Test
    void valuesOfOtherTypesAreRefused() {
        assertThatThrownBy(() -> new ValueLearner(DataType.FLOAT64, "index", 1, 1))
                .hasMessage("index is for string, int32 and int64, not for float64; convert the column in a step"
                        + "  clean: {types: …}  before, or use bucket for numbers");
    }

    private static ValueLearner learned(DataType type, List<?> values, int minCount, int maxSize) {
        ColumnBuilder builder = ColumnBuilder.of(type);
        values.forEach(builder::append);
        Column column = builder.build();
        ValueLearner learner = new ValueLearner(type, "index", minCount, maxSize);
        learner.add(column);
        return learner;
    }

    private static List<String> texts(Vocabulary vocabulary) {
        return IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::text).toList();
    }
}
