package dev.drawbridge.ledger;

import com.azure.data.tables.models.TableEntity;

/** A document of any length in the properties of a row. */
final class Properties {
  /** Azure takes 64 KiB a property, which are 32,768 UTF-16 characters. */
  private static final int LONGEST_PROPERTY = 32_000;

  private static final String DOCUMENT = "document";

  private Properties() {}

  /** Puts a document of any length into a row, over as many properties as it takes. */
  static void setDocument(TableEntity row, String document) {
    int from = 0;
    for (int part = 0; from < document.length(); part++) {
      int to = Math.min(document.length(), from + LONGEST_PROPERTY);
      if (to < document.length() && Character.isHighSurrogate(document.charAt(to - 1))) {
        to--; // half a character is no text, and a store may give back something else
      }
      row.addProperty(DOCUMENT + part, document.substring(from, to));
      from = to;
    }
  }

  static String document(TableEntity row) {
    StringBuilder document = new StringBuilder();
    for (int part = 0; row.getProperty(DOCUMENT + part) instanceof String text; part++) {
      document.append(text);
    }
    return document.toString();
  }
}
