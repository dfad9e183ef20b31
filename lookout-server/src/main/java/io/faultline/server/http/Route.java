package io.faultline.server.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One thing that can be asked. All routes are in one list, so that each is guarded, counted and
 * described.
 *
 * @param method HTTP's
 * @param path with parameters in braces; in angle brackets one that may hold slashes
 * @param open whether it answers without a token: health alone
 * @param handler what answers
 */
record Route(HandlerType method, String path, boolean open, Handler handler) {

  static Route get(String path, Handler handler) {
    return new Route(HandlerType.GET, path, false, handler);
  }

  static Route post(String path, Handler handler) {
    return new Route(HandlerType.POST, path, false, handler);
  }

  static Route put(String path, Handler handler) {
    return new Route(HandlerType.PUT, path, false, handler);
  }

  static Route delete(String path, Handler handler) {
    return new Route(HandlerType.DELETE, path, false, handler);
  }

  static Route health(String path, Handler handler) {
    return new Route(HandlerType.GET, path, true, handler);
  }
}
