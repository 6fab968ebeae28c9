/** The way of one request: taken in, granted, swept. Each step can be run again at any point. */
@NullMarked
package dev.drawbridge.access.flow;

import org.jspecify.annotations.NullMarked;
