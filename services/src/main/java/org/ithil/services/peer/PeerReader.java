package org.ithil.services.peer;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ithil.archive.json.JsonValue;
import org.ithil.services.peer.PeerFormatException.Problem;
import org.jspecify.annotations.Nullable;

/** Reads definitions of peers as leniently as the reference. */
final class PeerReader {
  private static final Set<String> FIELDS =
      Set.of(
          "Url",
          "URL",
          "Username",
          "Password",
          "HttpHeaders",
          "Pkcs11",
          "Timeout",
          "CertificateFile",
          "CertificateKeyFile",
          "CertificateKeyPassword");

  private static final Pattern CREDENTIALS =
      Pattern.compile("((?:[A-Za-z]+://)?)([^/@:?#]+)(?::([^/@?#]*))?@(.*)");

  private PeerReader() {}

  static Peer read(JsonValue definition) {
    return switch (definition) {
      case JsonValue.Items(List<JsonValue> items) -> ofList(items);
      case JsonValue.Members object -> ofObject(object);
      case JsonValue.Text _,
          JsonValue.Whole _,
          JsonValue.Real _,
          JsonValue.Flag _,
          JsonValue.Null _ ->
          throw form(null);
    };
  }

  private static Peer ofList(List<JsonValue> items) {
    if (items.size() != 1 && items.size() != 3) {
      throw form(null);
    }
    boolean authenticated = items.size() == 3;
    return peer(
        scalar(items.getFirst()),
        authenticated ? scalar(items.get(1)) : "",
        authenticated ? scalar(items.get(2)) : "",
        JsonValue.object(Map.of()));
  }

  private static Peer ofObject(JsonValue.Members object) {
    String url = text(object, "Url");
    return peer(
        url.isEmpty() ? text(object, "URL") : url,
        text(object, "Username"),
        text(object, "Password"),
        object);
  }

  private static Peer peer(String url, String username, String password, JsonValue.Members object) {
    if (url.isEmpty()) {
      throw form("Empty URL");
    }
    String lower = url.toLowerCase(Locale.ROOT);
    if (lower.contains("://") && !lower.startsWith("http://") && !lower.startsWith("https://")) {
      throw form("Bad URL: " + url);
    }
    if (username.isEmpty() && !password.isEmpty()) {
      throw form(null);
    }
    Matcher inside = CREDENTIALS.matcher(url);
    if (inside.matches()) { // they would be shown wherever the URL is
      return peer(
          inside.group(1) + inside.group(4),
          username.isEmpty() ? inside.group(2) : username,
          username.isEmpty() ? Objects.requireNonNullElse(inside.group(3), "") : password,
          object);
    }
    return new Peer(
        url.endsWith("/") ? url : url + "/",
        username,
        password,
        headers(object.get("HttpHeaders")),
        flag(object, "Pkcs11"),
        timeout(object.get("Timeout")),
        text(object, "CertificateFile"),
        text(object, "CertificateKeyFile"),
        text(object, "CertificateKeyPassword"),
        properties(object));
  }

  private static SortedMap<String, String> headers(@Nullable JsonValue value) {
    SortedMap<String, String> headers = new TreeMap<>();
    if (value == null) {
      return headers;
    }
    if (!(value instanceof JsonValue.Members object)) {
      throw form(null);
    }
    object
        .members()
        .forEach((name, content) -> {
          if (!(content instanceof JsonValue.Text(String text)) || !isField(name, text)) {
            throw form(null);
          }
          headers.put(name, text);
        });
    return headers;
  }

  /** RFC 9110 5.6.2 and 5.5; what the connection is made of cannot be chosen. */
  private static boolean isField(String name, String value) {
    return name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
        && value.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7F && c <= 0xFF);
  }

  private static Duration timeout(@Nullable JsonValue value) {
    return switch (value) {
      case null -> Duration.ZERO;
      case JsonValue.Whole(long seconds) when seconds < 0 ->
          throw new PeerFormatException(
              Problem.NUMBER,
              "Negative value found while expecting an unsigned int in field 'Timeout'");
      case JsonValue.Whole(long seconds) when seconds <= Integer.MAX_VALUE ->
          Duration.ofSeconds(seconds);
      case JsonValue _ -> throw form("Integer value expected in field: Timeout");
    };
  }

  private static SortedMap<String, String> properties(JsonValue.Members object) {
    SortedMap<String, String> properties = new TreeMap<>();
    object
        .members()
        .forEach((name, value) -> {
          if (!FIELDS.contains(name)) {
            properties.put(name, scalar(value));
          }
        });
    return properties;
  }

  private static String text(JsonValue.Members object, String name) {
    return switch (object.get(name)) {
      case null -> "";
      case JsonValue.Text(String text) -> text;
      case JsonValue _ -> throw form(null);
    };
  }

  private static boolean flag(JsonValue.Members object, String name) {
    return switch (object.get(name)) {
      case null -> false;
      case JsonValue.Flag(boolean flag) -> flag;
      case JsonValue _ -> throw form("Boolean value expected in field: " + name);
    };
  }

  private static String scalar(JsonValue value) {
    return switch (value) {
      case JsonValue.Text(String text) -> text;
      case JsonValue.Whole(long number) -> Long.toString(number);
      case JsonValue.Real(double number) -> Double.toString(number);
      case JsonValue.Flag(boolean flag) -> flag ? "1" : "0";
      case JsonValue.Null _, JsonValue.Items _, JsonValue.Members _ -> throw form(null);
    };
  }

  private static PeerFormatException form(@Nullable String details) {
    return new PeerFormatException(Problem.FORM, details);
  }
}
