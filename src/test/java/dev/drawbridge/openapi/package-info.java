/** The API's document, and whether what is served is what it says. */
@NullMarked
package dev.drawbridge.openapi;

import org.jspecify.annotations.NullMarked;
