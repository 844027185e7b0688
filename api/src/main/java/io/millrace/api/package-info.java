/**
 * The contracts between sources, transforms, targets and engines. Everything here depends on the JDK alone.
 *
 * <p>A run plans a source into {@linkplain io.millrace.api.Split splits}, opens each as a stream of batches, passes them
 * through {@linkplain io.millrace.api.BoundTransform transforms} and hands them to a {@linkplain
 * io.millrace.api.Loader loader}. What one attempt at one piece of work produced is one {@linkplain
 * io.millrace.api.PieceResult value} that wins or loses as a whole.
 */
package io.millrace.api;
