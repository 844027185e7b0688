/**
 * Tells catalogues of data, by OpenLineage events, what runs read and write and which column comes from which. Off unless asked
 * for; a run neither waits for it nor fails by it.
 */
package io.millrace.core.openlineage;
