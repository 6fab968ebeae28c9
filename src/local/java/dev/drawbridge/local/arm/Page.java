package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Lists in pages: sorted by id, each page going on after the last id of the one before. */
final class Page {
  private static final String SKIP_TOKEN = "$skipToken";

  private Page() {}

  static Response of(List<ObjectNode> items, ArmCall call) {
    String after = after(call);
    List<ObjectNode> rest =
        items.stream()
            .sorted(Comparator.comparing(Page::key))
            .filter(item -> key(item).compareTo(after) > 0)
            .toList();
    int size = call.world().pageSize();
    List<ObjectNode> shown = rest.subList(0, Math.min(size, rest.size()));
    ObjectNode page = Json.object();
    page.set("value", Json.array(shown));
    if (rest.size() > size) {
      page.put("nextLink", nextLink(call.request(), key(shown.get(size - 1))));
    }
    return Response.json(200, page);
  }

  private static String key(ObjectNode item) {
    return item.path("id").asText().toLowerCase(Locale.ROOT);
  }

  private static String after(ArmCall call) {
    String token = call.query().getOrDefault(SKIP_TOKEN.toLowerCase(Locale.ROOT), "");
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ArmException(
          400, "InvalidSkipToken", "The skip token '" + token + "' is not valid.");
    }
  }

  private static String nextLink(Request request, String lastKey) {
    String token =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(lastKey.getBytes(StandardCharsets.UTF_8));
    String query =
        String.join(
            "&",
            List.of(request.uri().getRawQuery().split("&", -1)).stream()
                .filter(pair -> !isSkipToken(pair))
                .toList());
    return "http://%s%s?%s&%%24skipToken=%s"
        .formatted(request.header("Host").orElse("127.0.0.1"), request.path(), query, token);
  }

  private static boolean isSkipToken(String pair) {
    String name = pair.split("=", -1)[0].replace("%24", "$");
    return name.equalsIgnoreCase(SKIP_TOKEN);
  }
}
