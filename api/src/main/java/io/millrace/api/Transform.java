package io.millrace.api;

import io.millrace.api.data.Schema;

/** A configured row transform, not yet bound to a schema. Immutable. */
public interface Transform {
    /**
     * Resolves names and types once, so that {@link BoundTransform#apply} works on plain arrays. Called for every worker
     * thread. A user error where the schema lacks a column or has it in a type that the settings do not allow.
     */
    BoundTransform bind(Schema input, BindContext context);
}
