/**
 * The flow, the ledger and the rules as they are, in a world made of a seed: one thread, models of
 * what is outside, faults and crashes at every call, and several instances in each other's way.
 */
@NullMarked
package dev.drawbridge.simulation;

import org.jspecify.annotations.NullMarked;
