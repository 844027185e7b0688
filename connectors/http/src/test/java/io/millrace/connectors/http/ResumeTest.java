package io.millrace.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.sandbox.ApiFault;
import io.millrace.sandbox.ScriptedApi;
import io.millrace.testkit.extractor.RecordedRejects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResumeTest {
    private static final List<Long> ALL = LongStream.range(0, 250).boxed().toList();
    private final ScriptedApi api = ScriptedApi.start().add(ApiUnderTest.records(0, 250));

    @AfterEach
    void close() {
        api.close();
    }

    private List<ApiUnderTest> everyWay() {
        ApiUnderTest next = new ApiUnderTest(api.url("/next")).by(new NextUrl("links.next"));
        next.records = Optional.of("items");
        List<ApiUnderTest> ways = List.of(
                new ApiUnderTest(api.url("/page")).by(new Page("page", 1, Optional.empty())),
                new ApiUnderTest(api.url("/offset")).by(new Offset("offset", Optional.empty())),
                new ApiUnderTest(api.url("/cursor")).byCursor(),
                new ApiUnderTest(api.url("/link")).by(new LinkHeader(true)),
                next);
        ways.forEach(way -> way.params = Map.of("limit", "20"));
        return ways;
    }

    private static Split plan(Extractor extractor, int batchRows) {
        return extractor.plan(ExtractRequest.everything(batchRows)).splits().next();
    }

    @Test
    void goesOnBehindAnyBatchWithoutAskingForItsPagesAgain() {
        for (ApiUnderTest way : everyWay()) {
            try (Extractor extractor = way.extractor()) {
                Split split = plan(extractor, 50);
                List<Long> ids = new ArrayList<>();
                Optional<String> point = Optional.empty();
                int before = api.requests().size();
                do {
                    try (BatchReader reader = extractor.open(split, point, new RecordedRejects())) {
                        Batch batch = reader.next();
                        assertThat(batch.origin().orElseThrow().ordinal(0)).isEqualTo(ids.size());
                        batch.records().forEach(row -> ids.add((Long) row.get("id")));
                        assertThat(reader.rowsRead()).isEqualTo(batch.rowCount());
                        point = reader.resumePoint();
                    }
                } while (point.isPresent());
                assertThat(ids).isEqualTo(ALL);
                // Thirteen pages, one more where pages are counted; a page may have been fetched to see that it does
                // not fit.
                assertThat(api.requests().size() - before).isBetween(13, 20);
            }
        }
    }

    @Test
    void aRunThatFailedGoesOnAtTheLastGoodPage() {
        for (ApiUnderTest way : everyWay()) {
            try (Extractor extractor = way.extractor()) {
                Split split = plan(extractor, 20);
                List<Long> ids = new ArrayList<>();
                api.thenRight(5);
                for (int i = 0; i < 3; i++) {
                    api.then(ApiFault.status(500, ""));
                }
                Optional<String> point = Optional.empty();
                int before = api.requests().size();
                try (BatchReader reader = extractor.open(split, point, new RecordedRejects())) {
                    for (int i = 0; i < 5; i++) {
                        reader.next().records().forEach(row -> ids.add((Long) row.get("id")));
                        point = reader.resumePoint();
                    }
                    assertThatThrownBy(reader::next).hasMessageContaining("(page 6, attempt 3 of 3)");
                }
                assertThat(api.requests().size() - before).isEqualTo(8);
                ids.addAll(ApiUnderTest.ids(extractor, split, point, new RecordedRejects()));
                assertThat(ids).isEqualTo(ALL);
                assertThat(api.requests().size() - before).isBetween(16, 17);
            }
        }
    }

    @Test
    void insideAPageThereIsNoPointToGoOn() {
        ApiUnderTest source = new ApiUnderTest(api.url("/cursor")).byCursor();
        source.params = Map.of("limit", "70");
        try (Extractor extractor = source.extractor();
                BatchReader reader = extractor.open(plan(extractor, 50), Optional.empty(), new RecordedRejects())) {
            assertThat(reader.next().rowCount()).isEqualTo(50);
            assertThat(reader.resumePoint()).isEmpty();
            assertThat(reader.next().rowCount()).isEqualTo(20);
            assertThat(reader.resumePoint()).isPresent();
        }
    }

    @Test
    void smallPagesShareABatch() {
        ApiUnderTest source = new ApiUnderTest(api.url("/cursor")).byCursor();
        source.params = Map.of("limit", "7");
        try (Extractor extractor = source.extractor();
                BatchReader reader = extractor.open(plan(extractor, 100), Optional.empty(), new RecordedRejects())) {
            assertThat(reader.next().rowCount()).isEqualTo(98);
            assertThat(reader.next().rowCount()).isEqualTo(98);
            assertThat(reader.next().rowCount()).isEqualTo(54);
            assertThat(reader.next()).isNull();
            assertThat(reader.resumePoint()).isEmpty();
        }
    }

    @Test
    void limitsHoldOverResumptions() {
        ApiUnderTest source = new ApiUnderTest(api.url("/cursor")).byCursor();
        source.limits = new HttpLimits(2, source.limits.response(), source.limits.total(), Duration.ofMinutes(1), 100);
        try (Extractor extractor = source.extractor()) {
            Split split = plan(extractor, 100);
            Optional<String> point;
            try (BatchReader reader = extractor.open(split, Optional.empty(), new RecordedRejects())) {
                reader.next();
                point = reader.resumePoint();
            }
            try (BatchReader reader = extractor.open(split, point, new RecordedRejects())) {
                reader.next();
                assertThatThrownBy(reader::next).hasMessageContaining("limits.pages (2)");
            }
        }
    }

    @Test
    void saysWhetherTheSameRowsWillComeAgain() {
        ApiUnderTest source = new ApiUnderTest(api.url("/cursor")).byCursor();
        try (Extractor extractor = source.extractor()) {
            Plan plan = extractor.plan(ExtractRequest.everything(10));
            assertThat(plan.repeatability()).isEqualTo(Repeatability.ONCE);
            assertThat(extractor.check(plan.pin())).isEqualTo(PinState.VALID);
            assertThat(extractor.check("what?")).isEqualTo(PinState.RESTART);
            Split split = plan.splits().next();
            assertThatThrownBy(() -> extractor.open(split, Optional.of("what?"), new RecordedRejects()))
                    .isInstanceOfSatisfying(MillraceException.class, stale -> assertThat(stale.kind())
                            .isEqualTo(ErrorKind.STALE));
        }
        source.stable = true;
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.plan(ExtractRequest.everything(10)).repeatability())
                    .isEqualTo(Repeatability.REPEATABLE);
        }
    }
}
