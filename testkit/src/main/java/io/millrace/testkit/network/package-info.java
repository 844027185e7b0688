/** A network that fails when told to, between a client and a real server. */
package io.millrace.testkit.network;
