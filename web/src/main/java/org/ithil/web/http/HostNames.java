package org.ithil.web.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names by which clients may call a server that listens on loopback alone and has no users.
 *
 * <p>Such a server trusts whoever comes from this machine. A web page that its user visits comes
 * from there as well, and can see answers once the name of its own site has come to mean 127.0.0.1
 * (DNS rebinding): for the browser that is still one site, and it says nothing of another one. Only
 * the name in {@code Host} tells, so a name that a stranger can own is refused. Those without a
 * dot, {@code localhost}, names below it, and addresses cannot be owned. A proxy on this machine
 * that hands names on is told of in the settings. With users nothing is checked: passwords of one
 * name are not sent to another.
 */
final class HostNames {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final String ANY = "*";

  private final boolean checked;
  private final List<String> names;

  HostNames(HttpSettings settings) {
    names = settings.listening().hostNames().stream().map(HostNames::plain).toList();
    checked =
        settings.listening().users() == null && loopbackAlone(settings) && !names.contains(ANY);
  }

  private static boolean loopbackAlone(HttpSettings settings) {
    return settings.listening().addresses().isEmpty()
        ? !settings.listening().remoteAccess()
        : settings.listening().addresses().stream().allMatch(HostNames::isLoopback);
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // it cannot be listened on either
    }
  }

  /**
   * Whether a request is answered.
   *
   * @param host the field {@code Host}; null if there is none, which no browser leaves out
   */
  boolean know(@Nullable String host) {
    if (!checked || host == null) {
      return true;
    }
    String name = plain(host);
    return name.startsWith("[")
        || name.indexOf('.') < 0
        || name.endsWith(".localhost")
        || IPV4.matcher(name).matches()
        || names.contains(name);
  }

  /** Without port and final dot, in lower case. */
  private static String plain(String host) {
    String name = host.strip().toLowerCase(Locale.ROOT);
    int colon = name.lastIndexOf(':');
    if (colon > name.lastIndexOf(']')) {
      name = name.substring(0, colon);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
