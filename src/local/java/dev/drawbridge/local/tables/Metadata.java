package dev.drawbridge.local.tables;

import dev.drawbridge.local.http.Request;
import java.util.Map;

/** How much OData control information a response carries. */
enum Metadata {
  NONE("application/json;odata=nometadata"),
  MINIMAL("application/json;odata=minimalmetadata"),
  FULL("application/json;odata=fullmetadata");

  private final String mediaType;

  Metadata(String mediaType) {
    this.mediaType = mediaType;
  }

  /** As {@code $format} or else Accept asks; minimal if neither says. */
  static Metadata wantedBy(Request request) {
    Map<String, String> query = request.query();
    String wanted = query.getOrDefault("$format", request.header("Accept").orElse(""));
    if (wanted.contains("odata=nometadata")) {
      return NONE;
    }
    return wanted.contains("odata=fullmetadata") ? FULL : MINIMAL;
  }

  String contentType() {
    return mediaType + ";streaming=true;charset=utf-8";
  }
}
