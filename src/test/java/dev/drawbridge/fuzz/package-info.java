/** What nobody would send who means well. */
@NullMarked
package dev.drawbridge.fuzz;

import org.jspecify.annotations.NullMarked;
