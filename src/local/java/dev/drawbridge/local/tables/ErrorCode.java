package dev.drawbridge.local.tables;

/**
 * The errors of Table storage with their statuses and texts, as in "Table Storage error codes" and
 * "Common REST API error codes" of its REST reference.
 */
enum ErrorCode {
  AUTHENTICATION_FAILED(
      403,
      "AuthenticationFailed",
      "Server failed to authenticate the request. Make sure the value of Authorization header is"
          + " formed correctly including the signature."),
  COMMANDS_IN_BATCH_ACT_ON_DIFFERENT_PARTITIONS(
      400,
      "CommandsInBatchActOnDifferentPartitions",
      "All commands in a batch must operate on same entity group."),
  CONTENT_LENGTH_EXCEEDED(
      400,
      "ContentLengthExceeded",
      "The content length for the requested operation has exceeded the limit (4MB)."),
  DUPLICATE_PROPERTIES_SPECIFIED(
      400, "DuplicatePropertiesSpecified", "A property is specified more than one time."),
  ENTITY_ALREADY_EXISTS(409, "EntityAlreadyExists", "The specified entity already exists."),
  ENTITY_TOO_LARGE(
      400, "EntityTooLarge", "The entity is larger than the maximum allowed size (1MB)."),
  INVALID_DUPLICATE_ROW(
      400,
      "InvalidDuplicateRow",
      "The batch request contains multiple changes with same row key. An entity can appear only"
          + " once in a batch request."),
  INVALID_INPUT(400, "InvalidInput", "One of the request inputs is not valid."),
  INVALID_RESOURCE_NAME(
      400, "InvalidResourceName", "The specified resource name contains invalid characters."),
  KEY_VALUE_TOO_LARGE(
      400, "KeyValueTooLarge", "The key value is larger than the maximum allowed size (1KB)."),
  METHOD_NOT_ALLOWED(
      405, "MethodNotAllowed", "The requested method is not allowed on the specified resource."),
  MISSING_REQUIRED_HEADER(
      400,
      "MissingRequiredHeader",
      "An HTTP header that's mandatory for this request is not specified."),
  NO_AUTHENTICATION_INFORMATION(
      401,
      "NoAuthenticationInformation",
      "Server failed to authenticate the request. Please refer to the information in the"
          + " www-authenticate header."),
  NOT_IMPLEMENTED(
      501,
      "NotImplemented",
      "The requested operation is not implemented on the specified resource."),
  OUT_OF_RANGE_INPUT(400, "OutOfRangeInput", "One of the request inputs is out of range."),
  PROPERTIES_NEED_VALUE(
      400, "PropertiesNeedValue", "The values are not specified for all properties in the entity."),
  PROPERTY_NAME_INVALID(400, "PropertyNameInvalid", "The property name is invalid."),
  PROPERTY_NAME_TOO_LONG(
      400, "PropertyNameTooLong", "The property name exceeds the maximum allowed length (255)."),
  PROPERTY_VALUE_TOO_LARGE(
      400,
      "PropertyValueTooLarge",
      "The property value exceeds the maximum allowed size (64KB). If the property value is a"
          + " string, it is UTF-16 encoded and the maximum number of characters should be 32K or"
          + " less."),
  RESOURCE_NOT_FOUND(404, "ResourceNotFound", "The specified resource does not exist."),
  TABLE_ALREADY_EXISTS(409, "TableAlreadyExists", "The table specified already exists."),
  TABLE_NOT_FOUND(404, "TableNotFound", "The table specified does not exist."),
  TOO_MANY_PROPERTIES(
      400,
      "TooManyProperties",
      "The entity contains more properties than allowed. Each entity can include up to 252"
          + " properties to store data. Each entity also has 3 system properties."),
  UPDATE_CONDITION_NOT_SATISFIED(
      412,
      "UpdateConditionNotSatisfied",
      "The update condition specified in the request was not satisfied."),
  X_METHOD_NOT_USING_POST(
      400,
      "XMethodNotUsingPost",
      "The request uses X-HTTP-Method with an HTTP verb other than POST.");

  private final int status;
  private final String code;
  private final String message;

  ErrorCode(int status, String code, String message) {
    this.status = status;
    this.code = code;
    this.message = message;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String message() {
    return message;
  }

  TableError error() {
    return new TableError(this, message);
  }

  /** The same error, saying more exactly what is wrong. */
  TableError error(String detail) {
    return new TableError(this, detail);
  }
}
