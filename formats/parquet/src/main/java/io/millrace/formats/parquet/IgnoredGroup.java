package io.millrace.formats.parquet;

import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** The converters that Parquet's column readers ask for; values are taken from the readers instead. */
final class IgnoredGroup extends GroupConverter {
    private final List<Converter> converters;

    IgnoredGroup(GroupType type) {
        this.converters = type.getFields().stream().map(IgnoredGroup::converter).toList();
    }

    private static Converter converter(Type type) {
        return type.isPrimitive() ? new PrimitiveConverter() {} : new IgnoredGroup(type.asGroupType());
    }

    @Override
    public Converter getConverter(int field) {
        return converters.get(field);
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
}
