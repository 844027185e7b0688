package io.millrace.core.transform.normalize;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.core.learned.Learned;
import io.millrace.core.learned.Learner;
import io.millrace.core.learned.ValueLearner;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Zeros and ones by a vocabulary: of one value, or of each value of a list. */
sealed interface HotRule extends Rule permits OneHot, MultiHot {
    List<Object> values();

    int minCount();

    int maxSize();

    Outside unknown();

    boolean columns();

    /** Whether it is for lists. */
    boolean lists();

    @Override
    default Optional<Learned> given() {
        return VocabularySettings.given(values());
    }

    @Override
    default Map<String, String> learnedWith() {
        return VocabularySettings.learnedWith(minCount(), maxSize());
    }

    @Override
    default Learner learner(DataType type) {
        HotKernel.requireList(type, lists());
        return new ValueLearner(type, kind(), minCount(), maxSize());
    }

    @Override
    default Learned learn(Learner learner) {
        return Parameters.vocabulary(learner);
    }

    @Override
    default Kernel kernel(Field input, String name, Learned parameters) {
        HotKernel.requireList(input.type(), lists());
        return new HotKernel(input, name, parameters.vocabulary().orElseThrow(), unknown(), columns());
    }
}
