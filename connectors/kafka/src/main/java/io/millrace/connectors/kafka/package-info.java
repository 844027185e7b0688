/** Kafka as a source and a target: settings, offset ranges, transactions and their ledger. Only the connector is public. */
package io.millrace.connectors.kafka;
