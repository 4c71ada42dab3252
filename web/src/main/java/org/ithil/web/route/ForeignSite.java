package org.ithil.web.route;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that a browser makes in the name of another web page, by what it says of them:
 * {@code Sec-Fetch-Site} (Fetch Metadata) and {@code Origin} (RFC 6454). Such a page may make its
 * visitors read, which it cannot see, but not change anything. Clients that are no browsers say
 * nothing of the kind.
 */
final class ForeignSite {
  private ForeignSite() {}

  /** Whether another site has caused a request. */
  static boolean asks(Headers headers) {
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
      return false;
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
