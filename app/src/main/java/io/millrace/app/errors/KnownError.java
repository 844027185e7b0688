package io.millrace.app.errors;

import java.util.regex.Pattern;

/**
 * An error that people meet.
 *
 * @param code by which it is looked up; stays the same over releases
 * @param says what its messages have in common
 * @param cause what is usually behind it
 * @param fix what to do
 */
public record KnownError(String code, String title, Pattern says, String cause, String fix) {}
