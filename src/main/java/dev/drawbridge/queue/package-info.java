/** The Service Bus queues on which operations wait for their grant. */
@NullMarked
package dev.drawbridge.queue;

import org.jspecify.annotations.NullMarked;
