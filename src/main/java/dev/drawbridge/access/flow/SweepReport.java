package dev.drawbridge.access.flow;

import java.time.Duration;

/**
 * What a sweep found and did.
 *
 * @param operations how many were open
 * @param grants how many there were
 * @param ended how many operations it ended
 * @param failures how much of it failed and is left to the next sweep
 * @param oldest how long the oldest of the open ones has been open; zero if there was none
 */
public record SweepReport(int operations, int grants, int ended, int failures, Duration oldest) {}
