package io.millrace.formats.parquet;

/** How pages are compressed. Loads with JDK classes only. */
public enum ParquetCompression {
    /** The best ratio for the time; the default. */
    ZSTD(1, 22, 1),
    /** The fastest that every reader knows. */
    SNAPPY(0, 0, 0),
    /** For readers that know nothing newer. */
    GZIP(1, 9, 6),
    NONE(0, 0, 0);

    private final int lowest;
    private final int highest;
    private final int usual;

    ParquetCompression(int lowest, int highest, int usual) {
        this.lowest = lowest;
        this.highest = highest;
        this.usual = usual;
    }

    /** True where a level means something. */
    public boolean hasLevels() {
        return highest > 0;
    }

    public int lowestLevel() {
        return lowest;
    }

    public int highestLevel() {
        return highest;
    }

    /** The level of whoever names none. */
    public int usualLevel() {
        return usual;
    }
}
