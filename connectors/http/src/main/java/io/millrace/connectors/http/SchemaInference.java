package io.millrace.connectors.http;

import io.millrace.api.MillraceException;
import io.millrace.formats.json.JsonFields;
import io.millrace.formats.json.JsonInference;
import io.millrace.formats.json.JsonLimits;
import io.millrace.formats.json.JsonPage;

/** Columns from the records of a page. */
final class SchemaInference {
    private SchemaInference() {}

    static JsonFields of(PageAnswer answer, JsonLimits limits, String source) {
        JsonInference inference = new JsonInference(limits);
        JsonPage page = answer.page();
        int objects = 0;
        for (int i = 0; i < page.recordCount(); i++) {
            objects += inference.add(answer.body(), page.start(i), page.size(i)).isEmpty() ? 1 : 0;
        }
        if (objects == 0) {
            throw MillraceException.user("the first page of " + source + " holds no record from which columns could be"
                    + " inferred; declare them under schema");
        }
        return inference.fields();
    }
}
