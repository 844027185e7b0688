package io.millrace.api;

import java.io.Serializable;

/** The right to write, handed out by the target itself so that two state folders cannot both hold it: a higher epoch ends all lower ones. */
public record Fence(long epoch) implements Serializable {}
