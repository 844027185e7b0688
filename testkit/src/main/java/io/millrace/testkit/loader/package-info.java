/** The promises of {@link io.millrace.api.Loader}, as tests that every connector's loader has to pass. */
package io.millrace.testkit.loader;
