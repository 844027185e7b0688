package io.millrace.connectors.postgres;

import java.util.Optional;

/**
 * A column of what is read.
 *
 * @param typeName as PostgreSQL writes it, for messages
 * @param baseType the type's own name below any domain, or "" for enums, arrays and what is not known
 * @param type empty where we have no column type for it
 */
record SourceColumn(String name, String typeName, String baseType, Optional<PostgresType> type, boolean nullable) {}
