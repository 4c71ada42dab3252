package org.ithil.web.http;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Headers;
import org.ithil.web.route.Router;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Hands each request to the router and its answer to the client. */
final class EngineHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(EngineHandler.class);

  /** What is still read of a body that a route did not want, so that its client sees the answer. */
  private static final long DRAINED = 64L << 20;

  private final HttpSettings settings;
  private final Router router;
  private final SlowClients slowClients;
  private final Stopping stopping;
  private final HttpField keepAlive;
  private final HostNames hostNames;
  private final @Nullable BasicAuthentication authentication;

  EngineHandler(HttpSettings settings, Router router, SlowClients slowClients, Stopping stopping) {
    this.stopping = stopping;
    this.settings = settings;
    this.slowClients = slowClients;
    this.keepAlive =
        new PreEncodedHttpField(
            HttpHeader.KEEP_ALIVE, "timeout=" + settings.patience().rest().toSeconds());
    this.router = router;
    hostNames = new HostNames(settings);
    authentication =
        settings.listening().users() == null
            ? null
            : new BasicAuthentication(settings.listening().users());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try (MDC.MDCCloseable _ = MDC.putCloseable(AccessLog.CONTEXT, remoteAddress(request))) {
      return serve(request, response, callback);
    }
  }

  private boolean serve(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    slowClients.begin(connection);
    Request.addCompletionListener(request, failure -> slowClients.end(connection));
    EndPoint client = connection.getEndPoint();
    client.setIdleTimeout(settings.patience().request().toMillis());
    Headers headers = headers(request);
    BodyStream body = body(request);
    Answer answer = answer(request, headers, body);
    if (body != null) {
      boolean waiting = request.getHeaders().contains(HttpHeader.EXPECT) && body.untouched();
      if (waiting || stopping.begun() || !body.drain(DRAINED)) {
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
      }
      if (body.broken()) {
        AnswerWriter.release(answer);
        answer = Answer.empty(stopping.begun() ? 503 : 400);
      }
    }
    if (settings.keepAlive()
        && !response.getHeaders().contains(HttpHeader.CONNECTION)
        && !request
            .getHeaders()
            .contains(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString())) {
      response.getHeaders().put(keepAlive);
    }
    Compression compression =
        settings.compress()
            ? Compression.of(headers.get("accept-encoding"), answer.type())
            : Compression.NONE;
    client.setIdleTimeout(settings.patience().answer().toMillis());
    new AnswerWriter(request, response, callback, router, compression).send(answer);
    return true;
  }

  private Answer answer(Request request, Headers headers, @Nullable BodyStream body) {
    String address = remoteAddress(request);
    if (!settings.listening().remoteAccess() && !isLocal(request)) {
      LOG.info("refused: other hosts may not ask");
      return Answer.empty(401);
    }
    if (!hostNames.know(headers.get("host"))) {
      LOG.info("refused: called by a name that is not in the key HttpHostNames");
      return router.failed(
          ApiException.of(
                  ErrorCode.BAD_REQUEST,
                  "This server is not known by the name in Host; the key HttpHostNames of the"
                      + " section Ithil tells it more names")
              .withStatus(403),
          request.getMethod(),
          "/");
    }
    String user = null;
    if (authentication != null) {
      user = authentication.user(headers.get("authorization"));
      if (user == null) {
        LOG.info("login refused: {}", authentication.reason(headers.get("authorization")));
        return Answer.empty(401).with("WWW-Authenticate", "Basic realm=\"Orthanc Secure Area\"");
      }
    }
    String path = request.getHttpURI().getPath();
    if (settings.limits().body() > 0 && request.getLength() > settings.limits().body()) {
      return router.failed(ApiException.bare(413), request.getMethod(), "/");
    }
    return router.answer(
        new Router.Incoming(
            request.getMethod(),
            path == null ? "/" : path,
            request.getHttpURI().getQuery(),
            headers,
            body == null ? InputStream.nullInputStream() : new ClientBody(body, stopping),
            address,
            user));
  }

  private @Nullable BodyStream body(Request request) {
    boolean some =
        request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING) || request.getLength() > 0;
    return some
        ? new BodyStream(
            Content.Source.asInputStream(request),
            settings.limits().body(),
            settings.patience().minimumBodyRate(),
            settings.patience().request().toNanos(),
            System::nanoTime)
        : null;
  }

  private static Headers headers(Request request) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      fields.put(field.getLowerCaseName(), field.getValue() == null ? "" : field.getValue());
    }
    return Headers.of(fields);
  }

  private static boolean isLocal(Request request) {
    SocketAddress address = request.getConnectionMetaData().getRemoteSocketAddress();
    return !(address instanceof InetSocketAddress internet)
        || internet.getAddress() != null && internet.getAddress().isLoopbackAddress();
  }

  private static String remoteAddress(Request request) {
    SocketAddress address = request.getConnectionMetaData().getRemoteSocketAddress();
    return address instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress()
        : "";
  }
}
