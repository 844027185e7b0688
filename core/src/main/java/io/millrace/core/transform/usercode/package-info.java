/** The step {@code java}: a class of the user's, named in the pipeline file. */
package io.millrace.core.transform.usercode;
