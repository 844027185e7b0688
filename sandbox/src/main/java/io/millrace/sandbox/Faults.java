package io.millrace.sandbox;

/** The values that cleaning must reject. */
final class Faults {
    /** Not one is {@code yyyy-MM-dd HH:mm:ss}, though lenient parsers accept some. */
    static final byte[][] DATES = Catalog.utf8(new String[] {
        "2024-02-30 10:00:00",
        "2024-13-01 10:00:00",
        "2024-00-10 10:00:00",
        "2023-02-29 23:59:59",
        "2024-03-01 24:00:00",
        "2024-03-01 12:60:00",
        "2024-03-01T10:00:00",
        "2024-3-1 9:00:00",
        "2024/03/01 10:00:00",
        "01.03.2024 10:00:00",
        "2024-03-0110:00:00",
        "2024-03-01 10:00",
        "2024-03-01",
        "2024-03-01 10:00:00 +08:00",
        "20240301100000",
        "1709251200",
        "-001-03-01 10:00:00",
        "２０２４-03-01 10:00:00",
        "yesterday",
        "null",
        ""
    });

    static final double[] RATINGS = {-1, -0.1, 5.1, 5.5, 6, 10, 99, 100, -5, 4200, 1e300, -1e-9};

    private Faults() {}
}
