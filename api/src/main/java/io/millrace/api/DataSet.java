package io.millrace.api;

/**
 * What a connector reads or writes, so that it can be told whether one pipeline reads what another writes.
 *
 * @param system where it lies, without secrets: a server's database, a bucket, {@code file}
 * @param name within the system: a table, a topic, a path, whose parts are separated by '/'
 */
public record DataSet(String system, String name) {
    /** True where the other one is this, or lies within it. */
    public boolean holds(DataSet other) {
        return system.equals(other.system)
                && (name.equals(other.name)
                        || name.isEmpty()
                        || other.name.startsWith(name.endsWith("/") ? name : name + "/"));
    }
}
