/** Functions for the host's tests. */
@NullMarked
package dev.drawbridge.local.functions.samples.http;

import org.jspecify.annotations.NullMarked;
