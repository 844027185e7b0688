/** Plugins: folders of jars with connectors, transforms and other code of users, each behind a class loader of its own. */
package io.millrace.core.plugin;
