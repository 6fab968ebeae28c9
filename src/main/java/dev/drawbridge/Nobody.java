package dev.drawbridge;

enum Nobody implements dev.drawbridge.access.port.Messenger {
  INSTANCE;

  public java.util.Set<dev.drawbridge.access.Addressee> addressees(
      dev.drawbridge.access.ConnectionRequest r) {
    return java.util.Set.of();
  }

  public String line(dev.drawbridge.access.Operation o, dev.drawbridge.access.Addressee a) {
    return "";
  }

  public boolean hasTold(dev.drawbridge.access.Operation o, dev.drawbridge.access.Notice n) {
    return false;
  }

  public void tell(dev.drawbridge.access.Operation o, dev.drawbridge.access.Notice n) {}
}
