/** The simulated vendor, Astronomer, with an identity of its own. */
@NullMarked
package dev.drawbridge.local.astro;

import org.jspecify.annotations.NullMarked;
