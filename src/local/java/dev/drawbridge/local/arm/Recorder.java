package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Writes calls to a file as JSON lines with a liveRequest and a liveResponse, the form that
 * validators of Azure's specifications read. Headers are left out but for the content type, so that
 * no token gets into it. Thread-safe.
 */
final class Recorder {
  private @Nullable Path file;

  /** Writes to {@code jsonl} from now on, after what is in it. */
  synchronized void to(Path jsonl) {
    file = jsonl;
    append("");
  }

  synchronized void record(Request request, Response response) {
    if (file == null) {
      return;
    }
    ObjectNode pair = Json.object();
    ObjectNode live = pair.putObject("liveRequest");
    live.put("method", request.method()).put("url", request.uri().toString());
    ObjectNode headers = live.putObject("headers");
    request.header("Content-Type").ifPresent(type -> headers.put("content-type", type));
    Json.parseObject(request.text()).ifPresent(body -> live.set("body", body));
    ObjectNode answer = pair.putObject("liveResponse");
    answer.put("statusCode", String.valueOf(response.status()));
    ObjectNode answerHeaders = answer.putObject("headers");
    String type = response.headers().get("Content-Type");
    if (type != null) {
      answerHeaders.put("content-type", type);
    }
    String text = new String(response.body(), StandardCharsets.UTF_8);
    Json.parseObject(text).ifPresent(body -> answer.set("body", body));
    append(pair + "\n");
  }

  private void append(String text) {
    Path to = file;
    if (to != null) {
      try {
        Files.writeString(to, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
