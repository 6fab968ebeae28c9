/**
 * What ticketing systems and callbacks are told: the words, the calls, and what an answer means.
 */
@NullMarked
package dev.drawbridge.tickets.outbound;

import org.jspecify.annotations.NullMarked;
