package org.ithil.web.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Router;

/** The answers to what fails inside the engine, before any route: malformed or too large heads. */
final class EngineErrors implements Request.Handler {
  private final Router router;

  EngineErrors(Router router) {
    this.router = router;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Object attribute = request.getAttribute(ErrorHandler.ERROR_STATUS);
    int status = attribute instanceof Integer number ? number : response.getStatus();
    ErrorCode code = status >= 500 ? ErrorCode.INTERNAL_ERROR : ErrorCode.BAD_REQUEST;
    String path = request.getHttpURI() == null ? null : request.getHttpURI().getPath();
    // The engine invents both where it could read neither.
    boolean unreadable = "/badMessage".equals(path);
    Answer answer =
        router.failed(
            ApiException.of(code).withStatus(status),
            unreadable ? "" : String.valueOf(request.getMethod()),
            path == null || unreadable ? "/" : path);
    response.setStatus(status);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    byte[] body = answer.body() instanceof Answer.Bytes bytes ? bytes.bytes() : new byte[0];
    if (answer.type() != null) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
    }
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
