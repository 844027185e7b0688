package io.millrace.connectors.postgres;

import io.millrace.api.DirectLoader;
import io.millrace.api.Secret;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.testkit.loader.DirectLoaderContract;
import io.millrace.testkit.loader.LossyTarget;
import io.millrace.testkit.network.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

class PostgresDirectLoaderTest {
    private abstract static class Contract extends DirectLoaderContract {
        private final TargetUnderTest target = TargetUnderTest.fresh();

        abstract TargetUnderTest configured(TargetUnderTest plain);

        private TargetUnderTest other() {
            return configured(new TargetUnderTest(target.database()));
        }

        @Override
        protected DirectLoader loader() {
            return other().direct();
        }

        @Override
        protected List<Map<String, Object>> visible() {
            return target.visible();
        }

        @Override
        protected List<String> objects() {
            return target.tables();
        }

        @Override
        protected Optional<String> secret() {
            return Optional.of(target.database().password());
        }

        @Override
        protected Optional<Schema> unwritable() {
            return Optional.of(Schema.of(
                    new Field("id", DataType.INT64, false),
                    Field.of("nested", DataType.list(DataType.list(DataType.INT32)))));
        }

        @Override
        protected Optional<LossyTarget> lossy() {
            FaultProxy proxy = FaultProxy.before("127.0.0.1", target.database().port());
            return Optional.of(new LossyTarget() {
                @Override
                public DirectLoader loader() {
                    return other().port(proxy.port()).direct();
                }

                @Override
                public void loseNextCommitAnswer() {
                    proxy.loseAnswerTo(
                            request -> new String(request, StandardCharsets.ISO_8859_1).contains("COMMIT\0"));
                }

                @Override
                public void close() {
                    proxy.close();
                }
            });
        }

        @Override
        protected DirectLoader unreachable() {
            return other().port(1).direct();
        }

        @Override
        protected Optional<DirectLoader> denied() {
            TargetUnderTest denied = other();
            denied.password = Optional.of(Secret.of("not the password"));
            return Optional.of(denied.direct());
        }
    }

    @Nested
    class Append extends Contract {
        @Override
        TargetUnderTest configured(TargetUnderTest plain) {
            return plain;
        }

        @Override
        protected boolean keyed() {
            return false;
        }
    }

    @Nested
    class Upsert extends Contract {
        @Override
        TargetUnderTest configured(TargetUnderTest plain) {
            return plain.upsert(List.of("id"));
        }

        @Override
        protected boolean keyed() {
            return true;
        }
    }
}
