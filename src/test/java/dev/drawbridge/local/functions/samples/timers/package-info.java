/** Functions for the host's tests. */
@NullMarked
package dev.drawbridge.local.functions.samples.timers;

import org.jspecify.annotations.NullMarked;
