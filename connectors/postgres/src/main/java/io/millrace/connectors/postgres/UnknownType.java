package io.millrace.connectors.postgres;

/** What to write instead of a column whose type we do not read. */
final class UnknownType {
    private UnknownType() {}

    /** A cast that keeps the value, under the column's own name. */
    static String cast(SourceColumn column) {
        String name = Sql.identifier(column.name());
        boolean vector = column.typeName().matches("(.*\\.)?vector(\\(\\d+\\))?");
        String target = column.baseType().equals("money") ? "numeric" : vector ? "real[]" : "text";
        return name + "::" + target + " AS " + name;
    }
}
