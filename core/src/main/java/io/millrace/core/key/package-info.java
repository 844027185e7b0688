/** What makes rows equal and puts them in order: canonical bytes, hashes of them, a total order. */
package io.millrace.core.key;
