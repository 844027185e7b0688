package com.example.reviews;

import io.millrace.api.RecordTransform;
import io.millrace.api.Setting;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds a column {@code level}, one of light, regular and heavy, by the column {@code total_events}. */
public final class ActivityLevel implements RecordTransform {
    /** What stands under {@code options}. */
    public record Options(
            @Setting(value = "From how many events on a user is regular.", defaultValue = "3") int regular,
            @Setting(value = "From how many events on a user is heavy.", defaultValue = "10") int heavy) {}

    private final Options options;

    public ActivityLevel(Options options) {
        if (options.regular() >= options.heavy()) {
            throw new IllegalArgumentException("regular must be less than heavy");
        }
        this.options = options;
    }

    @Override
    public Schema output(Schema input) {
        input.require("total_events");
        List<Field> fields = new ArrayList<>(input.fields());
        fields.add(Field.of("level", DataType.STRING));
        return Schema.of(fields);
    }

    @Override
    public Map<String, Object> transform(Map<String, Object> record) {
        long events = (Long) record.get("total_events");
        Map<String, Object> result = new LinkedHashMap<>(record);
        result.put("level", events >= options.heavy() ? "heavy" : events >= options.regular() ? "regular" : "light");
        return result;
    }
}
