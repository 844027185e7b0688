package io.millrace.core.pipeline;

import java.util.List;

/** The parts of a document that its rows go through. */
public record UsedParts(List<SourceDefinition> sources, List<TargetDefinition> targets, List<StepDefinition> steps) {}
