package org.ithil.services.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ithil.archive.json.JsonValue;

/**
 * Another server with this REST API: an entry of {@code OrthancPeers}.
 *
 * @param url of its API, with a slash at the end
 * @param username for Basic authentication (RFC 7617); empty for none
 * @param password for it
 * @param headers sent with each request
 * @param pkcs11 whether a smart card is to identify us
 * @param timeout limit of a request; zero = the usual one
 * @param certificate PEM file with the certificate that identifies us; empty for none
 * @param key PEM file with its private key; empty = the same file
 * @param keyPassword of the key; empty for none
 * @param properties further fields, for whoever wants them
 */
public record Peer(
    String url,
    String username,
    String password,
    SortedMap<String, String> headers,
    boolean pkcs11,
    Duration timeout,
    String certificate,
    String key,
    String keyPassword,
    SortedMap<String, String> properties) {
  private static final JsonValue.Null SECRET = new JsonValue.Null();

  public Peer {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
  }

  /** One with all defaults. */
  public static Peer at(String url) {
    return new Peer(
        url.endsWith("/") ? url : url + "/",
        "",
        "",
        new TreeMap<>(),
        false,
        Duration.ZERO,
        "",
        "",
        "",
        new TreeMap<>());
  }

  /**
   * Reads a definition: an object, or in short {@code [url]} or {@code [url, user, password]}.
   * Files are not looked at.
   *
   * @throws PeerFormatException if it is wrong
   */
  public static Peer of(JsonValue definition) {
    return PeerReader.read(definition);
  }

  /** The name under which the peer knows this server, if it was told. */
  public Optional<String> remoteSelf() {
    return Optional.ofNullable(properties.get("RemoteSelf"));
  }

  /** What clients see of the definition: no password, names of header fields only. */
  public JsonValue.Members configuration() {
    Map<String, JsonValue> fields = fields();
    fields.put(
        "HttpHeaders",
        new JsonValue.Items(
            headers.keySet().stream().<JsonValue>map(JsonValue.Text::new).toList()));
    if (!username.isEmpty() || !password.isEmpty()) {
      fields.put("Password", SECRET);
    }
    if (!keyPassword.isEmpty()) {
      fields.put("CertificateKeyPassword", SECRET);
    }
    return JsonValue.object(fields);
  }

  /**
   * What clients see of it in the content of a job: the short form, or an object. Values of header
   * fields are as secret as the password.
   */
  public JsonValue content() {
    if (isPlain()) {
      List<JsonValue> items = new ArrayList<>(List.of(new JsonValue.Text(url)));
      if (!username.isEmpty()) {
        items.add(new JsonValue.Text(username));
      }
      return new JsonValue.Items(items);
    }
    Map<String, JsonValue> fields = fields();
    Map<String, JsonValue> names = new TreeMap<>();
    headers.keySet().forEach(name -> names.put(name, SECRET));
    fields.put("HttpHeaders", JsonValue.object(names));
    return JsonValue.object(fields);
  }

  /** The whole definition, secrets included, as {@link #of} reads it. */
  public JsonValue.Members definition() {
    Map<String, JsonValue> fields = fields();
    Map<String, JsonValue> values = new TreeMap<>();
    headers.forEach((name, value) -> values.put(name, new JsonValue.Text(value)));
    fields.put("HttpHeaders", JsonValue.object(values));
    put(fields, "Password", password);
    put(fields, "CertificateKeyPassword", keyPassword);
    return JsonValue.object(fields);
  }

  private boolean isPlain() {
    return headers.isEmpty()
        && properties.isEmpty()
        && !pkcs11
        && timeout.isZero()
        && certificate.isEmpty();
  }

  /** All but headers and secrets. */
  private Map<String, JsonValue> fields() {
    Map<String, JsonValue> fields = new TreeMap<>();
    properties.forEach((name, text) -> fields.put(name, new JsonValue.Text(text)));
    fields.put("Url", new JsonValue.Text(url));
    fields.put("Pkcs11", new JsonValue.Flag(pkcs11));
    fields.put("Timeout", new JsonValue.Whole(timeout.toSeconds()));
    put(fields, "Username", username);
    put(fields, "CertificateFile", certificate);
    put(fields, "CertificateKeyFile", key);
    return fields;
  }

  private static void put(Map<String, JsonValue> fields, String name, String text) {
    if (!text.isEmpty()) {
      fields.put(name, new JsonValue.Text(text));
    }
  }

  /** Without secrets, as it may stand in a log. */
  @Override
  public String toString() {
    return "Peer[" + url + "]";
  }
}
