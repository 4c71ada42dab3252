package org.ithil.web.route;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that a browser makes in the name of another web page, by what it says of them:
 * {@code Sec-Fetch-Site} (Fetch Metadata), {@code Origin} (RFC 6454) and {@code Referer} (RFC 9110
 * 10.1.3). Such a page may make its visitors read, which it cannot see, but not change anything.
 * Clients that are no browsers say nothing of the kind.
 *
 * <p>Over plain HTTP to a name that is not loopback, a browser sends no {@code Sec-Fetch-Site};
 * with a GET no {@code Origin}; and no {@code Referer} if the page asks it not to. So a GET that is
 * to change something has to show one of them if it comes from a browser: every browser calls
 * itself {@code Mozilla/}, and no page can make it hide that while it visits another site.
 */
final class ForeignSite {
  private ForeignSite() {}

  /**
   * Whether another site has caused a request.
   *
   * @param disguised whether it is a GET which an argument makes another method
   */
  static boolean asks(Headers headers, boolean disguised) {
    String site = headers.get("sec-fetch-site");
    if (site != null) {
      switch (site.strip().toLowerCase(Locale.ROOT)) {
        case "same-origin", "none" -> {
          return false;
        }
        case "cross-site" -> {
          return true;
        }
        default -> {}
      }
    }
    String origin = headers.get("origin");
    if (origin == null) {
      origin = headers.get("referer");
    }
    if (origin == null) {
      String client = headers.get("user-agent");
      return disguised && client != null && client.startsWith("Mozilla/");
    }
    String authority = authority(origin.strip());
    return authority == null
        || !authority.equals(own(headers.get("host")))
            // Behind a proxy. No page can set this field without being asked for permission first.
            && !authority.equals(own(headers.get("x-forwarded-host")));
  }

  private static @Nullable String own(@Nullable String host) {
    return host == null ? null : authority("http://" + host.strip());
  }

  /** Host and port, without those that the scheme implies; null for none. */
  private static @Nullable String authority(String origin) {
    try {
      URI uri = new URI(origin);
      if (uri.getHost() == null) {
        return null;
      }
      int port = uri.getPort();
      String host = uri.getHost().toLowerCase(Locale.ROOT);
      return port < 0 || port == 80 || port == 443 ? host : host + ':' + port;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
