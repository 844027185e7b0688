package io.millrace.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.core.metrics.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The alert rules, the Grafana dashboard and their page name the metrics that there are. */
class MonitoringTest {
    private static final Pattern NAME = Pattern.compile("\\bmillrace_[a-z_]+[a-z]\\b");
    private static final Path DOCS = Documents.root().resolve("docs");

    private static Set<String> metrics() {
        Set<String> names = new TreeSet<>();
        for (Metric metric : Metric.values()) {
            names.add(metric.text());
        }
        return names;
    }

    private static Set<String> namedIn(String text) {
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(text);
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }

    @Test
    void theDashboardShowsEveryMetricAndNoOther() throws IOException {
        String text = Documents.read(DOCS.resolve("monitoring/grafana-dashboard.json"));
        JsonNode dashboard = new ObjectMapper().readTree(text);
        assertThat(namedIn(text)).isEqualTo(metrics());
        assertThat(dashboard.path("panels")).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("targets"))
                    .allSatisfy(
                            target -> assertThat(target.path("expr").asText()).contains("millrace_"));
        });
    }

    @Test
    void everyAlertNamesAMetricAndARemedy() {
        String text = Documents.read(DOCS.resolve("monitoring/alerts.yml"));
        assertThat(metrics()).containsAll(namedIn(text));
        Map<?, ?> file = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
        List<?> rules = (List<?>) ((Map<?, ?>) ((List<?>) file.get("groups")).get(0)).get("rules");
        assertThat(rules).hasSizeGreaterThan(5).allSatisfy(one -> {
            Map<?, ?> rule = (Map<?, ?>) one;
            assertThat(rule.get("expr").toString()).contains("millrace_");
            assertThat(((Map<?, ?>) rule.get("annotations")).keySet().toString())
                    .contains("summary", "fix");
        });
    }

    @Test
    void thePageExplainsEveryMetricAsTheCodeDoes() {
        String page = Documents.read(DOCS.resolve("how-to/monitoring.md"));
        for (Metric metric : Metric.values()) {
            assertThat(page)
                    .contains("| `" + metric.text() + "` | "
                            + metric.type().name().toLowerCase(java.util.Locale.ROOT) + " | " + metric.help() + " |");
        }
    }
}
