/**
 * A local Functions host: runs the annotated Java classes that Azure's host and Java worker run, in
 * this JVM. Where the two do something unexpected, so does this one; the code says where.
 */
@NullMarked
package dev.drawbridge.local.functions;

import org.jspecify.annotations.NullMarked;
