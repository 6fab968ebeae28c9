/** The composition root: settings and the object graph. */
@NullMarked
package dev.drawbridge;

import org.jspecify.annotations.NullMarked;
