/** What runs have done, kept so that it survives {@code kill -9}: states, splits, piece results, leases. */
package io.millrace.core.ledger;
