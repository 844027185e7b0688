package com.example.reviews;

import io.millrace.api.Setting;

/** What stands under {@code scale}. */
record ScaleSettings(
        @Setting(value = "The float64 column.", example = "rating") String column,
        @Setting(value = "What its values are multiplied by.", example = "0.2") double by) {}
