package dev.drawbridge.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A method of a path in the document. */
public final class ApiOperation {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  private final ApiDocument document;
  private final String method;
  private final String path;
  private final Pattern pattern;
  private final JsonNode item;
  private final JsonNode node;

  ApiOperation(ApiDocument document, String method, String path, JsonNode item) {
    this.document = document;
    this.method = method.toUpperCase(Locale.ROOT);
    this.path = path;
    this.pattern =
        Pattern.compile(PARAMETER.matcher(path.replace(".", "\\.")).replaceAll("(?<$1>[^/]+)"));
    this.item = item;
    this.node = item.path(method);
  }

  /** Such as {@code POST /operations/{id}/cancel}. */
  public String name() {
    return method + " " + path;
  }

  /** The statuses that it answers with. */
  public Set<String> statuses() {
    Set<String> statuses = new TreeSet<>();
    node.path("responses").fieldNames().forEachRemaining(statuses::add);
    return statuses;
  }

  /** Whether it can be called without a key. */
  public boolean isAnonymous() {
    return node.path("security").isArray() && node.path("security").isEmpty();
  }

  boolean isOf(String calledMethod, String calledPath) {
    return method.equals(calledMethod) && pattern.matcher(calledPath).matches();
  }

  boolean isTagged(String tag) {
    return node.path("tags").toString().contains("\"" + tag + "\"");
  }

  Optional<JsonNode> response(int status) {
    JsonNode response = node.path("responses").path(Integer.toString(status));
    return response.isMissingNode() ? Optional.empty() : Optional.of(document.resolve(response));
  }

  JsonNode requestBody() {
    return document.resolve(node.path("requestBody"));
  }

  List<JsonNode> parameters() {
    List<JsonNode> parameters = new ArrayList<>();
    item.path("parameters").forEach(one -> parameters.add(document.resolve(one)));
    node.path("parameters").forEach(one -> parameters.add(document.resolve(one)));
    return parameters;
  }

  /** What a path has in the place of a parameter. */
  String inPath(String name, String calledPath) {
    Matcher matcher = pattern.matcher(calledPath);
    return matcher.matches() ? matcher.group(name) : "";
  }

  @Override
  public String toString() {
    return name();
  }
}
