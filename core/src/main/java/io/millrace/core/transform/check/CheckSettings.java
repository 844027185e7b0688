package io.millrace.core.transform.check;

import io.millrace.api.Setting;

/** The settings of {@code check}. */
public record CheckSettings(
        @Setting(
                        value = "The rules by column; rows is for the number of rows.",
                        example = "{user_id: not_null, rating: {range: {min: 0, max: 5}}, rows: {min: 1}}",
                        inline = true)
                CheckRules rules) {}
