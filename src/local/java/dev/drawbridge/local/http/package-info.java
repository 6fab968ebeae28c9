/**
 * What every HTTP service of the local Azure shares: the server, faults put in, the log of calls.
 */
@NullMarked
package dev.drawbridge.local.http;

import org.jspecify.annotations.NullMarked;
