/** Functions for the host's tests. */
@NullMarked
package dev.drawbridge.local.functions.samples.bad;

import org.jspecify.annotations.NullMarked;
