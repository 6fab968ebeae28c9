/** The whole line, from the HTTP request to the access gone, in a local Azure. */
@NullMarked
package dev.drawbridge.line;

import org.jspecify.annotations.NullMarked;
