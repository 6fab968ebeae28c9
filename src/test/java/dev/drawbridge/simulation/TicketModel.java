package dev.drawbridge.simulation;

import dev.drawbridge.access.Addressee;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Notice;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.port.Messenger;
import dev.drawbridge.access.port.PassingFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A ticket system whose comments can be read again. */
final class TicketModel implements Messenger {
  private final Wire wire;
  private final List<String> comments = new ArrayList<>();
  private final Set<String> unsure = new HashSet<>();

  TicketModel(Wire wire) {
    this.wire = wire;
  }

  @Override
  public Set<Addressee> addressees(ConnectionRequest request) {
    return Set.of(Addressee.TICKET);
  }

  @Override
  public String line(Operation operation, Addressee to) {
    return operation.request().terms().ticket().system();
  }

  @Override
  public boolean hasTold(Operation operation, Notice notice) {
    String marker = notice.marker(operation.id());
    return wire.read("ticket look for " + marker, () -> comments.contains(marker));
  }

  @Override
  public void tell(Operation operation, Notice notice) {
    String marker = notice.marker(operation.id());
    try {
      boolean unused = wire.write("ticket tell " + marker, () -> comments.add(marker));
    } catch (PassingFault | Crash e) {
      if (!comments.contains(marker)) {
        unsure.add(marker); // it may come through at any time: no look can tell
      }
      throw e;
    }
  }

  /** Whether a notice may rightly have been told more than once. */
  boolean isUnsure(OperationId operation, Notice notice) {
    return unsure.contains(notice.marker(operation));
  }

  /** How often it was told, without a call. */
  long told(OperationId operation, Notice notice) {
    return comments.stream().filter(notice.marker(operation)::equals).count();
  }
}
