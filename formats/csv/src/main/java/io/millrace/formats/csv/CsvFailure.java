package io.millrace.formats.csv;

/**
 * Why a record was left out.
 *
 * @param column at fault, or null where the whole record is
 * @param reason one phrase, fit for {@link io.millrace.api.Rejects}
 * @param raw the value at fault, or the record, as text; what is not UTF-8 in it is replaced, a long one is cut
 */
public record CsvFailure(String column, String reason, String raw) {}
