/**
 * The local Azure Table storage: the REST interface that the real SDK talks to, over tables in
 * memory.
 */
@NullMarked
package dev.drawbridge.local.tables;

import org.jspecify.annotations.NullMarked;
