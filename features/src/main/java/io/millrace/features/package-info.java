/**
 * Feature views: what is known of each user or item at a point in time, told from their events. A
 * {@link io.millrace.features.FeatureView} is the definition, which no engine is part of; a
 * {@link io.millrace.features.FeatureDefinition} is a features file with its sources and targets; package {@code local} computes
 * views with core's runs.
 */
package io.millrace.features;
