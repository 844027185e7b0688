package io.millrace.core.config;

import org.snakeyaml.engine.v2.exceptions.Mark;

/** Turns the parser's marks into places. */
@FunctionalInterface
interface MarkPlaces {
    Place of(Mark mark);
}
