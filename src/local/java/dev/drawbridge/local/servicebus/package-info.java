/**
 * Azure Service Bus queues as an AMQP 1.0 broker in this process, for the unchanged Azure SDK: one
 * thread owns all queues and all protocol state, and every time in it is the injected clock's.
 */
@NullMarked
package dev.drawbridge.local.servicebus;

import org.jspecify.annotations.NullMarked;
