package io.faultline.server.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One thing that can be asked. All routes are in one list, so that each is guarded, counted and
 * described.
 *
 * @param method HTTP's
 * @param path with parameters in braces; in angle brackets one that may hold slashes
 * @param access what is needed to ask it
 * @param handler what answers
 */
record Route(HandlerType method, String path, Access access, Handler handler) {

  static Route get(String path, Access access, Handler handler) {
    return new Route(HandlerType.GET, path, access, handler);
  }

  static Route post(String path, Access access, Handler handler) {
    return new Route(HandlerType.POST, path, access, handler);
  }

  static Route put(String path, Access access, Handler handler) {
    return new Route(HandlerType.PUT, path, access, handler);
  }

  static Route delete(String path, Access access, Handler handler) {
    return new Route(HandlerType.DELETE, path, access, handler);
  }

  /** Answers whoever may. */
  Handler guarded() {
    return !access.token()
        ? handler
        : context -> {
          access.check(Authenticator.caller(context));
          handler.handle(context);
        };
  }
}
