/** What the core needs of the world, and how the world can fail it. */
@NullMarked
package dev.drawbridge.access.port;

import org.jspecify.annotations.NullMarked;
