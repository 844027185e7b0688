package io.millrace.connectors.redis;

/** With {@code delete_vanished}, which must not harm what the runs of the contract have written. */
class DeletingLoaderContractTest extends RedisLoaderContractTest {
    @Override
    Target target() {
        return super.target().deletingVanished();
    }
}
