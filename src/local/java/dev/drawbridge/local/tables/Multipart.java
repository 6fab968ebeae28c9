package dev.drawbridge.local.tables;

import com.sun.net.httpserver.Headers;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The multipart/mixed of OData batches, as text: all in it is headers and JSON. */
final class Multipart {
  private static final Pattern BOUNDARY =
      Pattern.compile("multipart/mixed\\s*;.*\\bboundary=\"?([^\";]+)\"?.*");

  private Multipart() {}

  /** Headers and what follows them. */
  record Part(Headers headers, String body) {
    static Part of(String text) {
      int end = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n");
      if (end < 0) {
        throw malformed("a part has no empty line after its headers");
      }
      Headers headers = new Headers();
      for (String line : text.substring(0, end).split("\r\n", -1)) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          headers.add(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
        }
      }
      return new Part(headers, text.substring(end + (end == 0 ? 2 : 4)));
    }

    String contentType() {
      String type = headers.getFirst("Content-Type");
      return type == null ? "" : type;
    }
  }

  /** The parts of {@code body}, whose content type gives the boundary. */
  static List<Part> parts(String contentType, String body) {
    Matcher matcher = BOUNDARY.matcher(contentType);
    if (!matcher.matches()) {
      throw malformed("no multipart/mixed with a boundary: " + contentType);
    }
    // The line break before a delimiter belongs to it; the first delimiter may stand at the start.
    String delimiter = "\r\n--" + matcher.group(1);
    String text = "\r\n" + body;
    List<Part> parts = new ArrayList<>();
    int at = text.indexOf(delimiter);
    while (at >= 0) {
      int start = at + delimiter.length();
      if (text.startsWith("--", start)) {
        return parts;
      }
      int next = text.indexOf(delimiter, start);
      if (next < 0 || !text.startsWith("\r\n", start)) {
        break;
      }
      parts.add(Part.of(text.substring(start + 2, next)));
      at = next;
    }
    throw malformed("the parts are not ended by their boundary");
  }

  /** The request in an application/http part. */
  static Request request(Part part) {
    if (!part.contentType().toLowerCase(Locale.ROOT).startsWith("application/http")) {
      throw malformed("not an application/http: " + part.contentType());
    }
    int end = part.body().indexOf("\r\n");
    String[] line = (end < 0 ? part.body() : part.body().substring(0, end)).split(" ", -1);
    if (line.length != 3) {
      throw malformed("not a request line: " + String.join(" ", line));
    }
    Part message = Part.of(part.body().substring(end + 2));
    try {
      return new Request(
          line[0].toUpperCase(Locale.ROOT),
          new URI(line[1]),
          message.headers(),
          message.body().getBytes(StandardCharsets.UTF_8));
    } catch (URISyntaxException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  static void write(StringBuilder out, String boundary, Response response) {
    out.append("--").append(boundary).append("\r\n");
    out.append("Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
    out.append("HTTP/1.1 ").append(response.status()).append(' ').append(reason(response));
    out.append("\r\n");
    response
        .headers()
        .forEach((name, value) -> out.append(name).append(": ").append(value).append("\r\n"));
    out.append("\r\n").append(new String(response.body(), StandardCharsets.UTF_8)).append("\r\n");
  }

  private static String reason(Response response) {
    return switch (response.status()) {
      case 201 -> "Created";
      case 204 -> "No Content";
      case 404 -> "Not Found";
      case 409 -> "Conflict";
      case 412 -> "Precondition Failed";
      default -> "Bad Request";
    };
  }

  private static TableError malformed(String what) {
    return ErrorCode.INVALID_INPUT.error("The batch is malformed: " + what + ".");
  }
}
