/**
 * The words and the rules: what may be asked for, what may be granted, what an observation means
 * and what to do next. Plain Java on the JDK alone; time is a parameter.
 */
@NullMarked
package dev.drawbridge.access;

import org.jspecify.annotations.NullMarked;
