/**
 * JSON bytes to and from batches: {@link io.millrace.formats.json.JsonDecoder} appends documents to columns,
 * {@link io.millrace.formats.json.JsonRowEncoder} writes rows, {@link io.millrace.formats.json.JsonPage} finds the records of
 * a larger document, {@link io.millrace.formats.json.JsonInference} derives columns from samples.
 */
package io.millrace.formats.json;
