package io.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import io.millrace.api.Setting;
import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {
    @Test
    void refusesTwoConnectorsOfOneName() {
        assertThatThrownBy(() -> Catalog.of(List.of(new FakeConnectors.Lake(), new FakeConnectors.Lake()), List.of()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("two connectors are named 'lake'");
    }

    @Test
    void refusesTwoTransformsOfOneName() {
        assertThatThrownBy(() -> Catalog.of(List.of(), List.of(new FakeConnectors.Scrub(), new FakeConnectors.Scrub())))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("two transforms are named 'scrub'");
    }

    @Test
    void refusesATransformWithTheNameOfABuiltInStep() {
        assertThatThrownBy(() -> Catalog.of(List.of(), List.of(new Deduplicate())))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("two transforms are named 'deduplicate'");
    }

    @Test
    void findsWhatIsOnTheClassPath() {
        assertThat(Catalog.load().connectors()).isNotNull();
    }

    private record NoSettings(@Setting("Nothing.") List<String> nothing) {}

    private static final class Deduplicate implements TransformFactory<NoSettings> {
        @Override
        public String name() {
            return "deduplicate";
        }

        @Override
        public Class<NoSettings> settings() {
            return NoSettings.class;
        }

        @Override
        public Transform create(NoSettings settings) {
            throw new UnsupportedOperationException();
        }
    }
}
