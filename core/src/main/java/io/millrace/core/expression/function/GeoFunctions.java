package io.millrace.core.expression.function;

import static io.millrace.api.data.DataType.FLOAT64;
import static io.millrace.api.data.DataType.INT64;
import static io.millrace.api.data.DataType.STRING;

import io.millrace.core.expression.kernel.Argument;
import io.millrace.core.expression.kernel.Output;
import java.nio.charset.StandardCharsets;

/** Places on earth, in degrees of WGS 84. */
final class GeoFunctions {
    private static final byte[] DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_PRECISION = 12;
    /** The mean radius of the earth. */
    private static final double RADIUS_KM = 6371.0088;

    private GeoFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("geohash", STRING, GeoFunctions::geohash, FLOAT64, FLOAT64, INT64);
        table.add("haversine_km", FLOAT64, GeoFunctions::haversine, FLOAT64, FLOAT64, FLOAT64, FLOAT64);
    }

    private static boolean onEarth(double latitude, double longitude) {
        // False for NaN.
        return latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180;
    }

    private static void geohash(Argument[] a, int row, Output out) {
        double latitude = a[0].real(row);
        double longitude = a[1].real(row);
        long precision = a[2].whole(row);
        if (!onEarth(latitude, longitude)) {
            out.fail("latitude is -90 to 90, longitude -180 to 180");
            return;
        } else if (precision < 1 || precision > MAX_PRECISION) {
            out.fail("the precision of a geohash is 1 to " + MAX_PRECISION);
            return;
        }
        double[] bounds = {-180, 180, -90, 90};
        byte[] result = out.scratch(MAX_PRECISION);
        int digit = 0;
        for (int bit = 0; bit < precision * 5; bit++) {
            int axis = (bit & 1) * 2;
            double middle = (bounds[axis] + bounds[axis + 1]) / 2;
            boolean upper = (axis == 0 ? longitude : latitude) >= middle;
            bounds[upper ? axis : axis + 1] = middle;
            digit = digit << 1 | (upper ? 1 : 0);
            if (bit % 5 == 4) {
                result[bit / 5] = DIGITS[digit];
                digit = 0;
            }
        }
        out.put(result, 0, (int) precision);
    }

    private static void haversine(Argument[] a, int row, Output out) {
        if (!onEarth(a[0].real(row), a[1].real(row)) || !onEarth(a[2].real(row), a[3].real(row))) {
            out.fail("latitude is -90 to 90, longitude -180 to 180");
            return;
        }
        double first = StrictMath.toRadians(a[0].real(row));
        double second = StrictMath.toRadians(a[2].real(row));
        double northward = StrictMath.sin((second - first) / 2);
        double eastward = StrictMath.sin(StrictMath.toRadians(a[3].real(row) - a[1].real(row)) / 2);
        double chord = northward * northward + StrictMath.cos(first) * StrictMath.cos(second) * eastward * eastward;
        out.put(2 * RADIUS_KM * StrictMath.asin(Math.min(1, Math.sqrt(chord))));
    }
}
