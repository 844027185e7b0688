/** The promises of {@link io.millrace.api.Extractor}, as tests that every connector's extractor has to pass. */
package io.millrace.testkit.extractor;
