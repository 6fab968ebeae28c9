package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Request;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One call to ARM whose caller is known.
 *
 * @param target what the path names
 */
record ArmCall(Request request, ResourceId target, Principal caller, World world) {
  String method() {
    return request.method();
  }

  Map<String, String> query() {
    return request.query();
  }

  /** The OData filter. */
  Filter filter() {
    return Filter.parse(query().getOrDefault("$filter", ""));
  }

  ObjectNode body() {
    return Json.parseObject(request.text())
        .orElseThrow(
            () ->
                new ArmException(
                    400,
                    "InvalidRequestContent",
                    "The request content was invalid and could not be deserialized."));
  }

  /** Refuses if the caller lacks a permission on the target, or on what holds the collection. */
  void require(String action) {
    if (!isPermitted(action, target.authorizedAt())) {
      throw new ArmException(
          403,
          "AuthorizationFailed",
          "The client '%s' with object id '%s' does not have authorization to perform action '%s' over scope '%s' or the scope is invalid. If access was recently granted, please refresh your credentials."
              .formatted(caller.clientName(), caller.objectId(), action, target.authorizedAt()));
    }
  }

  /**
   * Refuses if the caller, who may do {@code action}, lacks another permission that goes with it.
   */
  void requireLinked(String action, List<ResourceType.LinkedAction> linked) {
    List<ResourceType.LinkedAction> missing =
        linked.stream().filter(other -> !isPermitted(other.action(), other.scope())).toList();
    if (!missing.isEmpty()) {
      List<String> actions = missing.stream().map(ResourceType.LinkedAction::action).toList();
      List<String> scopes = missing.stream().map(other -> other.scope().toString()).toList();
      throw new ArmException(
          403,
          "LinkedAuthorizationFailed",
          "The client '%s' with object id '%s' has permission to perform action '%s' on scope '%s'; however, it does not have permission to perform action(s) '%s' on the linked scope(s) '%s' (respectively) or the linked scope(s) are invalid."
              .formatted(
                  caller.clientName(),
                  caller.objectId(),
                  action,
                  target,
                  String.join(",", actions),
                  String.join(",", scopes)));
    }
  }

  private boolean isPermitted(String action, ResourceId scope) {
    return world.permits(caller.objectId(), action, scope);
  }

  /** The target's name, which must be a GUID, in lower case. */
  String guid(String what, String code) {
    try {
      return UUID.fromString(target.name()).toString();
    } catch (IllegalArgumentException e) {
      throw new ArmException(
          400,
          code,
          "The %s ID '%s' is not valid. The %s ID must be a GUID."
              .formatted(what, target.name(), what));
    }
  }

  ArmException methodNotAllowed() {
    return new ArmException(
        405,
        "HttpMethodNotAllowed",
        "The HTTP method '%s' is not supported at scope '%s'.".formatted(method(), target));
  }
}
