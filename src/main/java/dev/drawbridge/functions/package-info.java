/** One class a trigger. They read what came in, call the core and answer. */
@NullMarked
package dev.drawbridge.functions;

import org.jspecify.annotations.NullMarked;
