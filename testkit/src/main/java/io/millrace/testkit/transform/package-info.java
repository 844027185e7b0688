/** Contract tests that every transform, built in or of a plugin, must pass. */
package io.millrace.testkit.transform;
