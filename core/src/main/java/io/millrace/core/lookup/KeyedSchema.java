package io.millrace.core.lookup;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Schema;

/**
 * What a server that is asked by key answers.
 *
 * @param keys those of its columns that keys are compared with, as far as it tells
 */
record KeyedSchema(Schema keys, Schema answers, String description) {
    /** A user error where a wanted column is not among all that the server answers. */
    static KeyedSchema of(LookupRequest request, Schema all) {
        Schema keys = Schema.of(all.fields().stream()
                .filter(field -> request.keys().contains(field.name()))
                .toList());
        Schema answers;
        try {
            answers = request.columns().isEmpty() && !request.existenceOnly()
                    ? Schema.of(all.fields().stream()
                            .filter(field -> !keys.contains(field.name()))
                            .toList())
                    : all.project(request.columns());
        } catch (MillraceException unknown) {
            throw unknown.during("add, in the answers to look up");
        }
        return new KeyedSchema(keys, answers, request.source().connector() + ", asked by " + names(request));
    }

    private static String names(LookupRequest request) {
        return String.join(", ", request.keys());
    }
}
