/**
 * What ticketing systems send: whether it is theirs, and what it asks for. No I/O; time is a
 * parameter.
 */
@NullMarked
package dev.drawbridge.tickets;

import org.jspecify.annotations.NullMarked;
