package dev.drawbridge.local.servicebus;

import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.engine.sasl.SaslOutcome;
import org.apache.qpid.protonj2.engine.sasl.SaslServerContext;
import org.apache.qpid.protonj2.engine.sasl.SaslServerListener;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.transport.AMQPHeader;

/** Lets everyone in: in Service Bus a client shows who it is at {@code $cbs}, once connected. */
final class AnonymousLogin implements SaslServerListener {
  @Override
  public void handleSaslHeader(SaslServerContext context, AMQPHeader header) {
    context.sendMechanisms(new String[] {"ANONYMOUS"});
  }

  @Override
  public void handleSaslInit(SaslServerContext context, Symbol mechanism, ProtonBuffer response) {
    context.sendOutcome(SaslOutcome.SASL_OK, null);
  }

  @Override
  public void handleSaslResponse(SaslServerContext context, ProtonBuffer response) {
    context.sendOutcome(SaslOutcome.SASL_AUTH, null); // ANONYMOUS has no challenge to respond to
  }
}
