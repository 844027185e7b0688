package io.millrace.connectors.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.millrace.api.MillraceException;
import java.util.Optional;

/** A table by its versions. */
record DeltaTable(TableFiles files) {
    /** The newest version; empty where there is no table. */
    Optional<Snapshot> latest() {
        try {
            return Optional.of(TableManager.loadSnapshot(files.root()).build(files.engine()));
        } catch (TableNotFoundException none) {
            return Optional.empty();
        } catch (RuntimeException failure) {
            throw KernelFailure.of("cannot read", files.root(), failure);
        }
    }

    /** The newest version; a user error where there is no table. */
    Snapshot require() {
        return latest().orElseThrow(() -> MillraceException.user(
                "there is no Delta table at " + files.root() + "; check the path, or let a run write it first"));
    }

    Snapshot at(long version) {
        try {
            return TableManager.loadSnapshot(files.root()).atVersion(version).build(files.engine());
        } catch (RuntimeException failure) {
            throw KernelFailure.of("cannot read version " + version + " of", files.root(), failure);
        }
    }
}
