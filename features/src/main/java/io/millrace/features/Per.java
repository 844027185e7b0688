package io.millrace.features;

/** What {@code per} may say. */
enum Per {
    DAY
}
