/** The core's ports in memory, with every call numbered so that a test can cut in at each. */
@NullMarked
package dev.drawbridge.access.fakes;

import org.jspecify.annotations.NullMarked;
