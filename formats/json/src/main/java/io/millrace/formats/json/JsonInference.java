package io.millrace.formats.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Derives columns from sample documents, one for each key, in the order in which keys first occur. One thread.
 *
 * <p>Only booleans: boolean. Only whole numbers: int64, or decimal(38,0) where one needs it. Whole and other numbers:
 * float64, or string where a whole number is beyond 2^53 and would be rounded. Text, and any other mixture of single values:
 * string. Lists of single values: the list of what their elements are. Objects, other lists, and mixtures with them: json.
 * Nothing but nulls: string. Text is never taken for a date or a number: declare what it is.
 */
public final class JsonInference {
    /** The most columns; more keys mean that keys are data. */
    public static final int MAX_COLUMNS = 1_000;

    private final JsonCursor cursor;
    private final Map<String, SeenValues> columns = new LinkedHashMap<>();

    public JsonInference(JsonLimits limits) {
        this.cursor = new JsonCursor(limits);
    }

    /** Looks at a document; answers with what is wrong where it is not a strict JSON object, and then learns nothing. */
    public Optional<JsonFailure> add(byte[] bytes, int from, int size) {
        Map<String, SeenValues> seen = new LinkedHashMap<>();
        try {
            cursor.open(bytes, from, size);
            if (cursor.token() != JsonToken.START_OBJECT) {
                return Optional.of(cursor.mismatch(null, "an object").failure());
            }
            long object = cursor.newObject();
            while (cursor.next() != JsonToken.END_OBJECT) {
                SeenValues values = seen.computeIfAbsent(cursor.key(object), key -> new SeenValues());
                cursor.next();
                look(values);
            }
            cursor.finish();
        } catch (BadValue bad) {
            return Optional.of(bad.failure());
        } catch (IOException refused) {
            return Optional.of(cursor.refused(refused));
        } finally {
            cursor.close();
        }
        seen.forEach((key, values) -> columns.merge(key, values, SeenValues::merge));
        if (columns.size() > MAX_COLUMNS) {
            throw MillraceException.user("the sampled documents have more than " + MAX_COLUMNS
                    + " different keys, so keys are data here; declare the columns under schema");
        }
        return Optional.empty();
    }

    private void look(SeenValues values) throws BadValue, IOException {
        JsonToken token = cursor.token();
        if (token == JsonToken.START_ARRAY) {
            SeenValues elements = values.list();
            while (cursor.next() != JsonToken.END_ARRAY) {
                look(elements);
            }
        } else if (token == JsonToken.START_OBJECT) {
            values.object();
            cursor.skip();
        } else if (token == JsonToken.VALUE_STRING) {
            values.text();
        } else if (token == JsonToken.VALUE_NUMBER_INT) {
            boolean large = cursor.parser().getNumberType() == JsonParser.NumberType.BIG_INTEGER;
            if (large) {
                values.large(cursor.parser().getTextLength());
            } else {
                values.whole(cursor.parser().getLongValue());
            }
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            if (Double.isInfinite(cursor.parser().getDoubleValue())) {
                values.text();
            } else {
                values.real();
            }
        } else if (token != JsonToken.VALUE_NULL) {
            values.flag();
        }
    }

    /** The columns so far; a user error where the samples hold no key at all. */
    public JsonFields fields() {
        if (columns.isEmpty()) {
            throw MillraceException.user(
                    "there is no document from which columns could be inferred; declare them under schema");
        }
        List<JsonColumn> inferred = new ArrayList<>();
        columns.forEach((name, values) -> {
            DataType type = values.type();
            inferred.add(JsonColumn.of(name, type));
        });
        return new JsonFields(inferred);
    }
}
