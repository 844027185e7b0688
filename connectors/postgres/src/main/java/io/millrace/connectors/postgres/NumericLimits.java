package io.millrace.connectors.postgres;

/**
 * What a column of numeric can hold.
 *
 * @param integerDigits most digits before the point; may be negative: numeric(2,4) holds less than 0.01
 * @param scale most digits behind the point; may be negative: numeric(3,-2) holds hundreds
 * @param infinities whether the column can hold infinities: numeric without limits, from version 14
 */
record NumericLimits(int integerDigits, int scale, boolean infinities, String typeName) {
    private static final int MODIFIER_OFFSET = 4;
    private static final int MOST_INTEGER_DIGITS = 131_072;
    private static final int MOST_SCALE = 16_383;
    private static final int WITH_INFINITIES = 14;

    static NumericLimits of(int modifier, String typeName, int serverVersion) {
        if (modifier < MODIFIER_OFFSET) {
            return new NumericLimits(MOST_INTEGER_DIGITS, MOST_SCALE, serverVersion >= WITH_INFINITIES, typeName);
        }
        int precision = modifier - MODIFIER_OFFSET >> 16 & 0xffff;
        // Since version 15 the scale is a signed number of 11 bits.
        int scale = (modifier - MODIFIER_OFFSET & 0x7ff ^ 1024) - 1024;
        return new NumericLimits(precision - scale, scale, false, typeName);
    }
}
