package dev.drawbridge.local.tickets;

import java.time.Instant;

/**
 * One comment of a ticket's conversation.
 *
 * @param author the name that the ticket shows
 * @param isPublic whether the requester sees it, too
 * @param text plain text, whatever format the vendor keeps
 */
public record Comment(Instant at, String author, boolean isPublic, String text) {}
