package io.millrace.connectors.kafka;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DataSet;
import io.millrace.api.Extractor;
import io.millrace.api.SourceFactory;
import java.util.Map;
import java.util.Optional;

/** Makes extractors of topics. */
final class KafkaSource implements SourceFactory<KafkaSourceSettings> {
    @Override
    public Class<KafkaSourceSettings> settings() {
        return KafkaSourceSettings.class;
    }

    @Override
    public Extractor create(KafkaSourceSettings settings, ConnectorContext context) {
        return new KafkaExtractor(settings, settings.cluster(context.directory()));
    }

    @Override
    public Map<String, String> settingsFor(String name) {
        return Map.of("topic", name);
    }

    @Override
    public Optional<DataSet> dataSet(KafkaSourceSettings settings, ConnectorContext context) {
        return Optional.of(settings.cluster(context.directory()).dataSet(settings.topic()));
    }
}
