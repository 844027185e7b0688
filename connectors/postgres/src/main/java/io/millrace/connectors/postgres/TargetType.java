package io.millrace.connectors.postgres;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The type of a column that is written.
 *
 * @param oid that an array of it names its elements by
 * @param name the type's own name below any domain, {@link #ENUM}, or "" for arrays and what is not known
 * @param modifier the type's parameters as the catalog has them, or -1
 * @param typeName as PostgreSQL writes it
 * @param domain whether it stands below a domain
 * @param labels of an enum
 * @param element of an array
 */
record TargetType(
        long oid,
        String name,
        int modifier,
        String typeName,
        boolean domain,
        List<String> labels,
        Optional<TargetType> element) {
    static final String ENUM = "enum";

    private static final int LENGTH_OFFSET = 4;

    TargetType asDomain() {
        return new TargetType(oid, name, modifier, typeName, true, labels, element);
    }

    TargetType as(long otherOid) {
        return new TargetType(otherOid, name, modifier, typeName, domain, labels, element);
    }

    /** The n of varchar(n) and char(n). */
    OptionalInt length() {
        return modifier < LENGTH_OFFSET ? OptionalInt.empty() : OptionalInt.of(modifier - LENGTH_OFFSET);
    }
}
