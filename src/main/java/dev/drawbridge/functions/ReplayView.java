package dev.drawbridge.functions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.Parked;
import dev.drawbridge.access.flow.Replaying;

/** What came of parked messages, as callers see it. */
final class ReplayView {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReplayView() {}

  static ObjectNode of(Replaying.Report report, boolean dryRun) {
    ObjectNode view = JSON.createObjectNode().put("dryRun", dryRun);
    ArrayNode messages = view.putArray("messages");
    report.outcomes().forEach(outcome -> messages.add(of(outcome)));
    ArrayNode unknown = view.putArray("unknown");
    report.unknown().forEach(id -> unknown.add(id.toString()));
    return view.put("left", report.left());
  }

  private static ObjectNode of(Replaying.Outcome outcome) {
    Parked message = outcome.message();
    ObjectNode view =
        JSON.createObjectNode()
            .put("id", message.id().toString())
            .put("result", word(outcome.result()))
            .put("detail", outcome.detail());
    outcome.operation().ifPresent(id -> view.put("operation", id.toString()));
    view.put("queue", message.queue())
        .put("parkedAt", message.at().toString())
        .put("deadLetterReason", message.reason())
        .put("deadLetterDescription", message.description())
        .put("body", message.body());
    message
        .attempt()
        .ifPresent(
            attempt ->
                view.put("failedOperation", attempt.operation().toString())
                    .put("attempt", attempt.number()));
    message
        .replay()
        .ifPresent(
            replay ->
                view.putObject("replay")
                    .put("at", replay.at().toString())
                    .put("by", replay.by())
                    .put("reason", replay.reason()));
    return view;
  }

  private static String word(Replaying.Result result) {
    return switch (result) {
      case REPLAYED -> "replayed";
      case REPLAYABLE -> "replayable";
      case REPLAYED_BEFORE -> "replayedBefore";
      case NOT_REPLAYABLE -> "notReplayable";
      case NOT_ENDED -> "notEnded";
      case NOT_FAILED -> "notFailed";
      case REFUSED -> "refused";
      case NOT_NOW -> "notNow";
    };
  }
}
