package dev.drawbridge.functions;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpStatus;
import dev.drawbridge.access.OneLine;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The body of what only an administrator may do: why, and whether it is meant.
 *
 * @param text in one line
 * @param dryRun whether nothing is to be changed
 */
record Reason(String text, boolean dryRun) {
  static final int LONGEST = 500;
  private static final Set<String> FIELDS = Set.of("reason", "dryRun");

  /**
   * @throws JsonBody.NotTaken if there is no reason, or something else
   */
  static Reason of(HttpRequestMessage<Optional<String>> request) throws JsonBody.NotTaken {
    Map<String, Object> fields = JsonBody.read(request);
    boolean known = FIELDS.containsAll(fields.keySet());
    if (known
        && fields.get("reason") instanceof String reason
        && fields.getOrDefault("dryRun", true) instanceof Boolean dryRun
        && !reason.isBlank()
        && reason.length() <= LONGEST) {
      return new Reason(OneLine.of(reason), dryRun);
    }
    throw new JsonBody.NotTaken(
        HttpStatus.BAD_REQUEST,
        "invalidRequest",
        "Send {\"reason\": \"why, in 1 to %d characters\"}; with \"dryRun\": false it is done, else told what would be."
            .formatted(LONGEST));
  }
}
