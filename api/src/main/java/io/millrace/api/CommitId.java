package io.millrace.api;

import java.io.Serializable;

/** One atomic step of a lineage. An equal id means the same commit. */
public record CommitId(Lineage lineage, String unit, long sequence, Fence fence) implements Serializable {}
