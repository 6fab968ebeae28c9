/** Functions for the host's tests. */
@NullMarked
package dev.drawbridge.local.functions.samples.queues;

import org.jspecify.annotations.NullMarked;
