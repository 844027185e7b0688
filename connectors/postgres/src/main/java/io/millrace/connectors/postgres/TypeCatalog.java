package io.millrace.connectors.postgres;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds our type of a database type: through domains to their base, through arrays to their elements. One session. */
final class TypeCatalog {
    private static final String ENTRY = "SELECT t.typname, t.typtype::text, t.typcategory::text, t.typelem::bigint,"
            + " t.typbasetype::bigint, t.typtypmod, t.typnamespace = 'pg_catalog'::regnamespace"
            + " FROM pg_catalog.pg_type t WHERE t.oid = ?";
    private static final String LABELS =
            "SELECT enumlabel FROM pg_catalog.pg_enum WHERE enumtypid = ?::bigint::oid ORDER BY enumsortorder";
    private static final int NUMERIC_MODIFIER_OFFSET = 4;

    private record Entry(
            String name, String kind, String category, long element, long base, int modifier, boolean builtIn) {
        boolean isDomain() {
            return kind.equals("d");
        }

        boolean isArray() {
            return category.equals("A") && element != 0;
        }
    }

    private final Session session;
    private final boolean textIsChecked;
    private final Map<Long, Entry> entries = new HashMap<>();

    private TypeCatalog(Session session, boolean textIsChecked) {
        this.session = session;
        this.textIsChecked = textIsChecked;
    }

    static TypeCatalog of(Session session) throws SQLException {
        String encoding = session.row("SELECT pg_catalog.current_setting('server_encoding')", row -> row.getString(1));
        return new TypeCatalog(session, !encoding.equals("SQL_ASCII"));
    }

    /** A column of this type; its {@link SourceColumn#type} is empty where we have none. */
    SourceColumn column(String name, long type, int modifier, String typeName, boolean nullable) throws SQLException {
        long baseType = type;
        int baseModifier = modifier;
        Entry entry = entry(baseType);
        while (entry.isDomain()) {
            baseModifier = entry.modifier;
            baseType = entry.base;
            entry = entry(baseType);
        }
        String base = entry.builtIn && !entry.isArray() ? entry.name : "";
        return new SourceColumn(name, typeName, base, resolve(baseType, baseModifier), nullable);
    }

    /** What has to be sent for a column of this type. */
    TargetType target(long type, int modifier, String typeName) throws SQLException {
        Entry entry = entry(type);
        if (entry.isDomain()) {
            return target(entry.base, entry.modifier, typeName).asDomain();
        }
        if (entry.isArray()) {
            TargetType element = target(entry.element, modifier, typeName);
            return new TargetType(
                    type, "", modifier, typeName, false, List.of(), Optional.of(element.as(entry.element)));
        }
        boolean isEnum = entry.kind.equals("e");
        boolean known = entry.builtIn || isEnum || entry.name.equals("citext");
        List<String> labels = isEnum ? session.rows(LABELS, row -> row.getString(1), type) : List.of();
        String name = isEnum ? TargetType.ENUM : known ? entry.name : "";
        return new TargetType(type, name, modifier, typeName, false, labels, Optional.empty());
    }

    private Optional<PostgresType> resolve(long type, int modifier) throws SQLException {
        Entry entry = entry(type);
        if (entry.isDomain()) {
            return resolve(entry.base, entry.modifier);
        }
        if (entry.isArray()) {
            Optional<PostgresType> element = resolve(entry.element, modifier);
            // A domain over an array is no element: lists of lists are not read.
            return element.filter(found -> found.dataType().kind() != DataType.Kind.LIST)
                    .map(PostgresType::array);
        }
        if (entry.kind.equals("e") || entry.name.equals("citext") && entry.category.equals("S")) {
            return Optional.of(text(DataType.STRING));
        }
        return entry.builtIn ? Optional.ofNullable(builtIn(entry.name, modifier)) : Optional.empty();
    }

    private PostgresType text(DataType type) {
        return textIsChecked
                ? new PostgresType(type, TextDecoders::plain)
                : new PostgresType(type, TextDecoders::checked, true);
    }

    private PostgresType builtIn(String name, int modifier) {
        return switch (name) {
            case "bool" -> new PostgresType(DataType.BOOLEAN, NumberDecoders::bool);
            case "int2" -> new PostgresType(DataType.INT32, NumberDecoders::int2);
            case "int4" -> new PostgresType(DataType.INT32, NumberDecoders::int4);
            case "int8" -> new PostgresType(DataType.INT64, NumberDecoders::int8);
            case "oid" -> new PostgresType(DataType.INT64, NumberDecoders::oid);
            case "float4" -> new PostgresType(DataType.FLOAT64, NumberDecoders::float4);
            case "float8" -> new PostgresType(DataType.FLOAT64, NumberDecoders::float8);
            case "numeric" -> new PostgresType(decimal(modifier), NumericDecoder::new);
            case "text", "varchar", "bpchar", "name" -> text(DataType.STRING);
            case "uuid" -> new PostgresType(DataType.STRING, TextDecoders::uuid);
            case "bytea" -> new PostgresType(DataType.BINARY, TextDecoders::plain);
            case "json" -> text(DataType.JSON);
            case "jsonb" -> new PostgresType(DataType.JSON, TextDecoders::jsonb);
            case "date" -> new PostgresType(DataType.DATE, TimeDecoders::date);
            case "timestamp", "timestamptz" -> new PostgresType(DataType.TIMESTAMP, TimeDecoders::timestamp);
            default -> null;
        };
    }

    /** The nearest DECIMAL: 38 digits at most, and a scale within the precision; values that do not fit are rejects. */
    static DecimalType decimal(int modifier) {
        if (modifier < NUMERIC_MODIFIER_OFFSET) {
            return DataType.decimal(DecimalType.MAX_PRECISION, 18);
        }
        int precision = modifier - NUMERIC_MODIFIER_OFFSET >> 16 & 0xffff;
        // Since version 15 the scale is a signed number of 11 bits.
        int scale = (modifier - NUMERIC_MODIFIER_OFFSET & 0x7ff ^ 1024) - 1024;
        int integerDigits = Math.max(0, precision - scale);
        int kept = Math.min(Math.max(scale, 0), DecimalType.MAX_PRECISION);
        return DataType.decimal(Math.max(1, Math.min(integerDigits + kept, DecimalType.MAX_PRECISION)), kept);
    }

    private Entry entry(long type) throws SQLException {
        Entry known = entries.get(type);
        if (known == null) {
            known = session.row(
                    ENTRY,
                    row -> new Entry(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getInt(6),
                            row.getBoolean(7)),
                    type);
            entries.put(type, known);
        }
        return known;
    }
}
