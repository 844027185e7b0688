package io.millrace.core.exchange;

import java.nio.ByteBuffer;

/**
 * Partial rows of one bucket as they cross an exchange.
 *
 * @param bytes an encoded batch, from position to limit
 */
public record EncodedBlock(int bucket, ByteBuffer bytes) {}
