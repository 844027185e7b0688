package io.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.pipeline.Catalog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FeaturesFileTest {
    private static final String VIEW =
            """
            features: profile
            entity: user_id
            events: {time: ts, tie_break: [event_id]}
            per: day
            measures:
              views: count(*) FILTER (WHERE event_type = 'view')
              views_7d: {measure: "count(*) FILTER (WHERE event_type = 'view')", window: 7d}
            derive:
              share: views / greatest(views_7d, 1)
            """;

    @Test
    void aViewIsWhatItsFileSays() {
        FeatureView view = Views.view(VIEW);
        assertThat(view.entity()).containsExactly("user_id");
        assertThat(view.order()).containsExactly("ts", "event_id");
        assertThat(view.measures().keySet()).containsExactly("views", "views_7d");
        assertThat(view.window(view.measures().get("views")).days()).isEqualTo(1);
        assertThat(view.window(view.measures().get("views_7d")).days()).isEqualTo(7);
        assertThat(view.grain()).isInstanceOf(Grain.Days.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    per: day | per: days | view.yaml:4:6: per: unknown value 'days'; did you mean 'day'?
                    per: day | hop: 7m | hop: must divide a day of 24 hours
                    per: day | {} | must have exactly one of the keys per, hop and sessions
                    window: 7d | window: 168h | those of a view per: day are days of its calendar
                    window: 7d | windw: 7d | unknown key; did you mean 'window'?
                    count(*) FILTER (WHERE event_type = 'view')", window: 7d | sum(price)", window: 7d, half_life: 2d | only counts fade
                    share: | views: | 'views' is the name of another column of the view
                    entity: user_id | entity: date | 'date' is the name of a column that the view adds itself
                    entity: user_id | extends: builtin:user_featurs | there is no built-in view 'user_featurs'; did you mean
                    """)
    void whatIsWrongIsToldWithItsPlace(String part, String wrong, String message) {
        String text = VIEW.replace(part, wrong.equals("{}") ? "" : wrong);
        assertThatThrownBy(() -> Views.view(text)).hasMessageContaining(message).hasMessageContaining("view.yaml:");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() ->
                        Views.view(VIEW.replace("entity:", "entitee:").replace("count(*) FILTER", "coutn(*) FILTER")))
                .hasMessageContaining("unknown key; did you mean 'entity'?")
                .hasMessageContaining("there is no aggregate 'coutn'");
    }

    static List<String> builtIn() {
        return BuiltInViews.names();
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void aFileTakesOverABuiltInView(String name) {
        FeatureView view = Views.view(
                """
                features: mine
                extends: builtin:%s
                events: {time: happened at}
                zone: Asia/Shanghai
                measures: {more: count(*)}
                """
                        .formatted(name));
        assertThat(view.name()).isEqualTo("mine");
        assertThat(view.time()).isEqualTo("happened at");
        assertThat(view.grain().zone().getId()).isEqualTo("Asia/Shanghai");
        assertThat(view.measures().keySet())
                .containsAll(BuiltInViews.view(name).measures().keySet())
                .contains("more");
        assertThat(view.measures().values().stream().map(FeatureMeasure::text))
                .noneMatch(text -> text.contains("@") || text.contains("\"timestamp\""));
    }

    @Test
    void theSchemaKnowsEveryKey() {
        assertThat(FeaturesFile.schema(Catalog.of(List.of(), List.of())))
                .contains("\"half_life\"", "\"tie_break\"", "\"pairs\"", "\"tiles\"", "\"extends\"", "\"sessions\"");
    }
}
