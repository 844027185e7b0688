/** Feature views as steps of core's runs: on threads of one process, or wherever these steps are run. */
package io.millrace.features.local;
