package dev.drawbridge.access;

/**
 * What is wrong with one field of a request.
 *
 * @param pointer a JSON Pointer (RFC 6901) to the field
 * @param detail completes "the field …", for the person who sent it
 */
public record Violation(String pointer, String detail) {}
