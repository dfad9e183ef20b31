package io.faultline.server.http;

import io.faultline.server.control.Precondition;
import io.javalin.http.Context;

/** What a request's headers say must hold of a resource. */
final class Preconditions {

  private Preconditions() {}

  static Precondition of(Context context) {
    String ifNoneMatch = context.header("If-None-Match");
    String ifMatch = context.header("If-Match");
    if (ifNoneMatch != null) {
      if (!ifNoneMatch.equals("*") || ifMatch != null) {
        throw Query.refused("the header 'If-None-Match' is not allowed; allowed: *, alone");
      }
      return Precondition.ABSENT;
    }
    if (ifMatch == null) {
      return Precondition.NONE;
    }
    if (!ifMatch.matches("\"[0-9]{1,18}\"")) {
      throw Query.refused(
          "the header 'If-Match' is not allowed; allowed: one revision in quotes, for example"
              + " \"17\"");
    }
    return new Precondition(Long.valueOf(ifMatch.substring(1, ifMatch.length() - 1)), false);
  }
}
