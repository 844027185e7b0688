/**
 * Golden cases: what the steps of a pipeline make of rows, as data that anyone can read and add to. The cases lie in the
 * resources under {@code golden}, a folder for each step; every engine runs the same ones by extending
 * {@link io.millrace.testkit.golden.GoldenContract}.
 */
package io.millrace.testkit.golden;
