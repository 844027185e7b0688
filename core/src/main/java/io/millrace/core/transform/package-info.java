/**
 * The built-in transforms. Row transforms implement {@link io.millrace.api.Transform}, each in a package of its own; keyed
 * steps, which compare rows of different splits, implement {@link io.millrace.core.keyed.KeyedStep}.
 */
package io.millrace.core.transform;
