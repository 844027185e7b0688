package io.millrace.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Laws over random settings; a failing seed is the parameter in the test's name. */
class SettingsPropertyTest {
    private static final Shape SHAPE = Shapes.of(AllSettings.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonSchemas.document("all", SHAPE));

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void settingsWrittenAsYamlBindBackEqual(int seed) {
        AllSettings settings = new RandomSettings(seed).next();
        String yaml = new SettingsWriter(new Random(seed)).write(settings);

        assertThat(bind(yaml)).as(yaml).isEqualTo(settings);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void settingsWithEscapedReferencesSurviveInterpolation(int seed) {
        AllSettings settings = new RandomSettings(seed).next();
        String yaml = new SettingsWriter(new Random(seed)).write(settings);
        Problems problems = new Problems();
        YamlNode tree = YamlReader.read(yaml, "f", problems).orElseThrow();
        YamlNode escaped = escaped(tree);
        Environment environment = new Environment(Map.of(), Path.of(""));
        YamlNode filled = new Interpolator(environment, Path.of(""), Optional.empty(), problems).apply(escaped);

        assertThat(problems.sorted()).isEmpty();
        assertThat(filled).isEqualTo(tree);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void settingsThatBindAreAcceptedByTheSchema(int seed) {
        AllSettings settings = new RandomSettings(seed).next();
        String yaml = new SettingsWriter(new Random(seed)).write(settings);
        Object values = new Load(LoadSettings.builder().build()).loadFromString(yaml);

        assertThat(SCHEMA.validate(JSON.<JsonNode>valueToTree(values))).as(yaml).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void settingsDifferExactlyWhereTheirLeavesDo(int seed) {
        AllSettings one = new RandomSettings(seed).next();
        String written = new SettingsWriter(new Random(seed)).write(one);
        String again = new SettingsWriter(new Random(seed + 1)).write(one);
        String other = new SettingsWriter(new Random(seed)).write(new RandomSettings(seed + 1).next());

        Map<String, Leaf> leaves = leaves(written);
        assertThat(leaves(again).keySet()).as("%s%n%s", written, again).isEqualTo(leaves.keySet());
        assertThat(leaves(other)).isNotEqualTo(leaves);
    }

    private static YamlNode escaped(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return new YamlNode.Scalar(
                    scalar.place(), scalar.text().replace("${", "$${"), scalar.plain(), scalar.expansion());
        } else if (node instanceof YamlNode.Sequence sequence) {
            return new YamlNode.Sequence(
                    sequence.place(),
                    sequence.items().stream().map(SettingsPropertyTest::escaped).toList());
        }
        YamlNode.Mapping mapping = (YamlNode.Mapping) node;
        return new YamlNode.Mapping(
                mapping.place(),
                mapping.entries().stream()
                        .map(entry -> new YamlNode.Entry(entry.key(), entry.place(), escaped(entry.value())))
                        .toList());
    }

    private static Object bind(String yaml) {
        Problems problems = new Problems();
        YamlNode tree = YamlReader.read(yaml, "f", problems).orElseThrow(problems::exception);
        Object bound = new Binder(problems).bind(SHAPE, tree, "", new Place("f", 1, 1));
        problems.throwIfAny();
        return bound;
    }

    private static Map<String, Leaf> leaves(String yaml) {
        Problems problems = new Problems();
        YamlNode tree = YamlReader.read(yaml, "f", problems).orElseThrow(problems::exception);
        Binder binder = new Binder(problems);
        binder.bind(SHAPE, tree, "", new Place("f", 1, 1));
        return binder.leaves();
    }
}
