package io.millrace.connectors.http;

import io.millrace.api.Extractor;
import io.millrace.api.Secret;
import io.millrace.sandbox.ApiFault;
import io.millrace.sandbox.ApiRecord;
import io.millrace.sandbox.ScriptedApi;
import io.millrace.testkit.extractor.ExtractorContract;
import io.millrace.testkit.extractor.ExtractorSubject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class HttpExtractorTest implements ExtractorContract {
    private static final String TOKEN = "a-secret-token";

    @Override
    public ExtractorSubject subject() {
        return new Subject();
    }

    private static final class Subject implements ExtractorSubject {
        private final ScriptedApi api = ScriptedApi.start().requireBearer(TOKEN);
        private final List<Map<String, Object>> rows = new ArrayList<>();

        Subject() {
            for (int id = 0; id < 1_000; id++) {
                add(id, ApiUnderTest.DAY.plusSeconds(60L * id));
                if (id % 100 == 50) {
                    api.add(List.of(new ApiRecord(ApiUnderTest.DAY, "{\"id\":\"no number\"}")));
                }
            }
        }

        private void add(long id, Instant created) {
            api.add(List.of(ApiUnderTest.record(id, created)));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", id);
            row.put("created_at", created.truncatedTo(ChronoUnit.MICROS));
            rows.add(row);
        }

        private ApiUnderTest source(String path) {
            ApiUnderTest source = new ApiUnderTest(api.url(path)).byCursor();
            source.auth = Optional.of(new Bearer(Secret.of(TOKEN)));
            source.bound = Optional.of(new TimeParameter("before", "iso"));
            source.stable = true;
            return source;
        }

        @Override
        public Extractor extractor() {
            return source("/cursor").extractor();
        }

        @Override
        public boolean hasSeveralSplits() {
            return false;
        }

        @Override
        public boolean resumable() {
            return true;
        }

        @Override
        public List<Map<String, Object>> rows() {
            return List.copyOf(rows);
        }

        @Override
        public long undecodableRows() {
            return 10;
        }

        @Override
        public void addRows() {
            for (int i = 0; i < 300; i++) {
                add(rows.size(), Instant.now());
            }
        }

        @Override
        public Optional<String> secret() {
            return Optional.of(TOKEN);
        }

        @Override
        public Optional<Extractor> missing() {
            return Optional.of(source("/nothing").extractor());
        }

        @Override
        public Optional<Extractor> unreachable() {
            ScriptedApi gone = ScriptedApi.start();
            gone.close();
            ApiUnderTest source = source("/cursor");
            source.url = gone.url("/cursor");
            return Optional.of(source.extractor());
        }

        @Override
        public Optional<Extractor> denied() {
            ApiUnderTest source = source("/cursor");
            source.auth = Optional.of(new Bearer(Secret.of("another-token")));
            return Optional.of(source.extractor());
        }

        @Override
        public Optional<Extractor> silent() {
            api.then(ApiFault.silence());
            ApiUnderTest source = source("/cursor");
            source.timeout = Duration.ofMinutes(5);
            return Optional.of(source.extractor());
        }

        @Override
        public void close() {
            api.close();
        }
    }
}
