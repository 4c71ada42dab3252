package org.ithil.web.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.ithil.web.route.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: HTTP/1.1 and 1.0 (RFC 9110, RFC 9112), each request on a virtual thread of its
 * own, bodies streamed both ways.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** Tasks of the engine itself, besides one for each connection. */
  private static final int OWN_TASKS = 64;

  private static final int IO_BUFFER = 64 << 10;

  /** What a path may hold besides RFC 3986: the router folds and unescapes it. */
  private static final String URIS =
      "RFC3986,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_EMPTY_SEGMENT,AMBIGUOUS_PATH_ENCODING,"
          + "AMBIGUOUS_PATH_PARAMETER,AMBIGUOUS_PATH_SEGMENT,ILLEGAL_PATH_CHARACTERS,"
          + "SUSPICIOUS_PATH_CHARACTERS,BAD_PERCENT_ENCODING,BAD_UTF8_ENCODING,"
          + "TRUNCATED_UTF8_ENCODING,UTF16_ENCODINGS";

  private final Server server;
  private final SlowClients slowClients;
  private final Stopping stopping;
  private final HttpSettings settings;

  /**
   * A server that does not run yet.
   *
   * @param router what answers the requests; not closed by this server
   */
  public HttpServer(HttpSettings settings, Router router) {
    this.settings = settings;
    VirtualThreadPool threads = new VirtualThreadPool(settings.limits().connections() + OWN_TASKS);
    threads.setName("http");
    server = new Server(threads);
    server.setStopAtShutdown(false);
    server.setStopTimeout(settings.patience().stop().toMillis());
    server.setErrorHandler(new EngineErrors(router));
    slowClients = new SlowClients(settings);
    HttpConnectionFactory http = new HttpConnectionFactory(configuration(settings));
    for (String address : addresses(settings)) {
      ServerConnector connector = new ServerConnector(server, 1, -1, http);
      if (!address.isEmpty()) {
        connector.setHost(address);
      }
      connector.setPort(settings.listening().port());
      connector.setIdleTimeout(settings.patience().request().toMillis());
      connector.setAcceptedTcpNoDelay(settings.tcpNoDelay());
      connector.setReuseAddress(true);
      connector.addBean(slowClients);
      server.addConnector(connector);
    }
    server.addBean(new NetworkConnectionLimit(settings.limits().connections(), server));
    stopping = new Stopping(settings.patience().stop());
    Handler handler = new EngineHandler(settings, router, slowClients, stopping);
    server.setRequestLog(new AccessLog());
    server.setHandler(new GracefulHandler(handler));
  }

  private static List<String> addresses(HttpSettings settings) {
    if (!settings.listening().addresses().isEmpty()) {
      return settings.listening().addresses();
    }
    return settings.listening().remoteAccess() ? List.of("") : List.of("127.0.0.1", "::1");
  }

  private static HttpConfiguration configuration(HttpSettings settings) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    configuration.setUriCompliance(UriCompliance.from(URIS));
    configuration.setHttpCompliance(HttpCompliance.RFC9110);
    configuration.setPersistentConnectionsEnabled(settings.keepAlive());
    configuration.setRequestHeaderSize(settings.limits().head());
    configuration.setInputBufferSize(IO_BUFFER);
    configuration.setOutputBufferSize(IO_BUFFER);
    configuration.setRelativeRedirectAllowed(true);
    configuration.setDelayDispatchUntilContent(false);
    return configuration;
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if an address cannot be bound, or the port is in use
   */
  public void start() throws IOException {
    List<Integer> ports = new ArrayList<>();
    boolean fallback =
        settings.listening().addresses().isEmpty() && !settings.listening().remoteAccess();
    for (var connector : List.of(server.getConnectors())) {
      ServerConnector network = (ServerConnector) connector;
      try {
        if (!ports.isEmpty() && settings.listening().port() == 0) {
          network.setPort(ports.getFirst());
        }
        network.open();
        ports.add(network.getLocalPort());
      } catch (IOException e) {
        if (!fallback || ports.isEmpty()) {
          stop();
          throw e;
        }
        // A machine without IPv6: IPv4 alone serves as well.
        server.removeConnector(network);
      }
    }
    try {
      server.start();
    } catch (IOException e) {
      stop();
      throw e;
    } catch (Exception e) {
      stop();
      throw new IOException("the HTTP server did not start", e);
    }
    slowClients.start();
  }

  /** The port on which the server listens, once it is started. */
  public int port() {
    return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  /** Lets requests that run come to their end, within the time set for that, and takes no more. */
  @Override
  public void close() {
    stop();
  }

  private void stop() {
    stopping.begin();
    try {
      slowClients.close();
      server.stop();
    } catch (Exception e) {
      LOG.warn("The HTTP server did not stop cleanly: {}", e.toString());
    } finally {
      server.destroy();
    }
  }
}
