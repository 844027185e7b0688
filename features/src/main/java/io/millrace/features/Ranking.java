package io.millrace.features;

import io.millrace.api.Setting;
import java.util.List;

/**
 * An entity's place among others, from 0 for the least value to 1 for the greatest: (rank − 1) / (entities − 1), where equal values
 * have the rank of the first of them; 0 where there is one entity only. Null where the value is; nulls do not count.
 *
 * @param of the column whose value is compared
 * @param within the columns that the compared entities are equal in
 */
public record Ranking(
        @Setting(value = "The column whose value is compared.", example = "avg_price_30d") String of,
        @Setting(
                        value = "The columns that the compared entities are equal in; absent: all entities.",
                        example = "[category]")
                List<String> within) {
    public Ranking {
        within = List.copyOf(within);
    }
}
