package dev.drawbridge.functions;

import dev.drawbridge.access.Guids;
import dev.drawbridge.access.Violation;
import dev.drawbridge.access.flow.Replaying;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to put parked requests back, as its fields say it.
 *
 * @param violations all that is wrong with it
 */
record ReplayOrder(
    String reason, Optional<Set<UUID>> ids, boolean dryRun, List<Violation> violations) {
  private static final Set<String> FIELDS = Set.of("reason", "ids", "dryRun");

  static ReplayOrder of(Map<String, Object> fields) {
    List<Violation> wrong = new ArrayList<>();
    for (String name : new TreeSet<>(fields.keySet())) {
      if (!FIELDS.contains(name)) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        wrong.add(new Violation("/" + escaped, "is not a field of this request"));
      }
    }
    return new ReplayOrder(
        reason(fields.get("reason"), wrong),
        fields.containsKey("ids") ? Optional.of(ids(fields.get("ids"), wrong)) : Optional.empty(),
        dryRun(fields.getOrDefault("dryRun", true), wrong),
        wrong);
  }

  Replaying.Order order(String by) {
    return new Replaying.Order(reason, by, ids, dryRun);
  }

  private static String reason(@Nullable Object value, List<Violation> wrong) {
    String reason = value instanceof String text ? text.strip() : "";
    if (reason.isEmpty() || reason.length() > Reason.LONGEST) {
      wrong.add(
          new Violation(
              "/reason", "must say why, in 1 to %d characters".formatted(Reason.LONGEST)));
    }
    return reason;
  }

  private static Set<UUID> ids(@Nullable Object value, List<Violation> wrong) {
    Set<UUID> ids = new TreeSet<>();
    if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > Replaying.MOST) {
      wrong.add(
          new Violation(
              "/ids", "must be an array of 1 to %d ids of messages".formatted(Replaying.MOST)));
      return ids;
    }
    for (int i = 0; i < list.size(); i++) {
      try {
        ids.add(Guids.parse(list.get(i) instanceof String text ? text : ""));
      } catch (IllegalArgumentException e) {
        wrong.add(new Violation("/ids/" + i, String.valueOf(e.getMessage())));
      }
    }
    return ids;
  }

  private static boolean dryRun(@Nullable Object value, List<Violation> wrong) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    wrong.add(new Violation("/dryRun", "must be true or false"));
    return true;
  }
}
