/**
 * The built-in transforms. Row transforms implement {@link io.millrace.api.Transform}, each in a package of its own; keyed
 * steps, which compare rows of different splits, are the closed set of {@link io.millrace.core.transform.KeyedStep}.
 */
package io.millrace.core.transform;
