/**
 * Simulated Zendesk, Jira and ServiceNow: what Drawbridge is called by, and what it tells. They
 * have the vendors' paths, bodies, errors and limits, as far as Drawbridge could meet them.
 */
@NullMarked
package dev.drawbridge.local.tickets;

import org.jspecify.annotations.NullMarked;
