/** Redis: hashes, JSON documents and strings by key, as a target and for look-ups. */
package io.millrace.connectors.redis;
