package io.millrace.connectors.kafka;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DataSet;
import io.millrace.api.Loader;
import io.millrace.api.TargetFactory;
import java.util.Map;
import java.util.Optional;

/** Makes loaders of topics. */
final class KafkaTarget implements TargetFactory<KafkaTargetSettings> {
    @Override
    public Class<KafkaTargetSettings> settings() {
        return KafkaTargetSettings.class;
    }

    @Override
    public Loader create(KafkaTargetSettings settings, ConnectorContext context) {
        return new KafkaLoader(settings, settings.cluster(context.directory()));
    }

    @Override
    public Map<String, String> settingsFor(String name) {
        return Map.of("topic", name);
    }

    @Override
    public Optional<DataSet> dataSet(KafkaTargetSettings settings, ConnectorContext context) {
        return Optional.of(settings.cluster(context.directory()).dataSet(settings.topic()));
    }
}
