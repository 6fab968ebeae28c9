/**
 * A local Azure: enough of Functions, Service Bus, Resource Manager, Graph, Tables and identity for
 * the real SDKs to run Drawbridge on a laptop. A test source root, so that it can't be packaged.
 */
@NullMarked
package dev.drawbridge.local;

import org.jspecify.annotations.NullMarked;
