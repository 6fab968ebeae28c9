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
  private static final int LONGEST = 500;
  private static final Set<String> FIELDS = Set.of("reason", "dryRun");

  /**
   * @throws JsonBody.NotTaken if there is no reason, or something else
   */
  static Reason of(HttpRequestMessage<Optional<String>> request) throws JsonBody.NotTaken {
    Map<String, Object> fields = JsonBody.read(request);
    Object reason = fields.get("reason");
    Object dryRun = fields.getOrDefault("dryRun", true);
    boolean valid =
        FIELDS.containsAll(fields.keySet())
            && reason instanceof String text
            && !text.isBlank()
            && text.length() <= LONGEST
            && dryRun instanceof Boolean;
    if (!valid) {
      throw new JsonBody.NotTaken(
          HttpStatus.BAD_REQUEST,
          "invalidRequest",
          "Send {\"reason\": \"why, in 1 to %d characters\"}; with \"dryRun\": false it is done, else told what would be."
              .formatted(LONGEST));
    }
    return new Reason(OneLine.of((String) reason), (Boolean) dryRun);
  }
}
