/** PostgreSQL as a source: settings, catalog, snapshots and the binary copy format. Only the connector is public. */
package io.millrace.connectors.postgres;
