package dev.drawbridge.local.tables;

/** The storage account that every emulator of Azure Storage has; its key is public. */
final class Account {
  static final String NAME = "devstoreaccount1";
  static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private Account() {}
}
