/**
 * The {@code normalize} step: numbers, categories and text in the form that models read. Every rule is a pure function of a
 * value and of parameters, which the pipeline file holds or {@code millrace fit} has learned; docs/transforms/normalize.md
 * has the formulas.
 */
package io.millrace.core.transform.normalize;
