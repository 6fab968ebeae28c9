package dev.drawbridge.local.tables;

import dev.drawbridge.local.http.Request;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The condition of an update or a deletion.
 *
 * @param etag {@code *} for whatever is there
 */
record IfMatch(String etag) {
  private static final Pattern FORM = Pattern.compile("\\*|(W/)?\"[^\"]*\"");

  IfMatch {
    if (!FORM.matcher(etag).matches()) {
      throw ErrorCode.INVALID_INPUT.error(
          "The etag value '"
              + etag
              + "' specified in one of the request headers is not valid. Please make sure only one"
              + " etag value is specified and is valid.");
    }
  }

  static Optional<IfMatch> of(Request request) {
    return request.header("If-Match").map(IfMatch::new);
  }

  void check(Entity entity) {
    if (!etag.equals("*") && !etag.equals(entity.etag())) {
      throw ErrorCode.UPDATE_CONDITION_NOT_SATISFIED.error();
    }
  }
}
