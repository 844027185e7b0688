package io.millrace.core.transform.usercode;

import io.millrace.api.InvalidSetting;
import io.millrace.api.RecordTransform;
import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;
import io.millrace.api.data.Schema;
import io.millrace.core.plugin.GuardedTransform;
import io.millrace.core.plugin.Plugin;
import io.millrace.core.record.RecordMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes {@code java} steps from classes of plugins and of the class path. */
public final class UserCodeFactory implements TransformFactory<UserCodeSettings> {
    /** The key in the pipeline file's {@code transform} list. */
    public static final String NAME = "java";

    private final List<Plugin> plugins;

    /** @param plugins where classes are looked for */
    public UserCodeFactory(List<Plugin> plugins) {
        this.plugins = List.copyOf(plugins);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<UserCodeSettings> settings() {
        return UserCodeSettings.class;
    }

    @Override
    public Transform create(UserCodeSettings settings) {
        Found found = find(settings.className());
        Class<?> type = found.type();
        Map<String, Object> options =
                settings.options().map(UserOptions::values).orElse(Map.of());
        return new GuardedTransform(transform(type, options), type.getName(), found.plugin());
    }

    /** A class and the plugin that has it. */
    private record Found(Class<?> type, Plugin plugin) {}

    private static Transform transform(Class<?> type, Map<String, Object> options) {
        UserClass code = new UserClass(type);
        if (TransformFactory.class.isAssignableFrom(type)) {
            return create((TransformFactory<?>) code.make(Map.of()), options);
        } else if (Transform.class.isAssignableFrom(type)) {
            return (Transform) code.make(options);
        } else if (RecordTransform.class.isAssignableFrom(type)) {
            // Once now, so that what it refuses is told before the run; then anew for every worker.
            ((RecordTransform) code.make(options)).close();
            return (input, context) -> records((RecordTransform) code.make(options), input);
        }
        throw new InvalidSetting(
                "class",
                type.getName()
                        + " implements none of Transform, RecordTransform and TransformFactory of io.millrace.api");
    }

    private static ClosingMapping records(RecordTransform code, Schema input) {
        return new ClosingMapping(code, new RecordMapping(code::transform, code.output(input)));
    }

    private static <S extends Record> Transform create(TransformFactory<S> factory, Map<String, Object> options) {
        return factory.create(UserClass.settings(factory.settings(), options));
    }

    private Found find(String name) {
        List<Plugin> having = new ArrayList<>();
        Optional<Found> found = Optional.empty();
        for (Plugin plugin : plugins) {
            Optional<Class<?>> here = plugin.find(name);
            if (here.isPresent()) {
                having.add(plugin);
                found = Optional.of(new Found(here.get(), plugin));
            }
        }
        if (having.size() > 1) {
            throw new InvalidSetting(
                    "class",
                    "there are several classes " + name + ": in "
                            + having.stream().map(Plugin::describe).collect(Collectors.joining(" and in "))
                            + "; remove all but one");
        }
        return found.orElseThrow(() -> {
            List<String> names = plugins.stream()
                    .filter(plugin -> !plugin.builtIn())
                    .map(Plugin::name)
                    .toList();
            return new InvalidSetting(
                    "class",
                    "there is no class " + name + " in the plugins ("
                            + (names.isEmpty() ? "there are none" : String.join(", ", names))
                            + "); 'millrace plugins' shows where they are looked for");
        });
    }
}
