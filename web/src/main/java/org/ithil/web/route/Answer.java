package org.ithil.web.route;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ithil.archive.json.JsonPart;
import org.jspecify.annotations.Nullable;

/**
 * What a route answers.
 *
 * @param status the HTTP status
 * @param type the value of {@code Content-Type}; null for none
 * @param headers further fields; line breaks in values are refused by the engine
 * @param body what follows the head
 * @param held what the body is read from, such as an open file; the engine closes it when the
 *     answer is sent or given up, in any case; null for none
 */
public record Answer(
    int status,
    @Nullable String type,
    Map<String, String> headers,
    Body body,
    @Nullable Closeable held) {
  /** The type of JSON answers. */
  public static final String JSON = "application/json; charset=utf-8";

  /** The forms that a body can have. */
  public sealed interface Body {}

  /** Nothing. */
  public record Nothing() implements Body {}

  /** Bytes in memory. */
  public record Bytes(byte[] bytes) implements Body {}

  /**
   * A JSON document, written while it is sent; a failure before its first 64 KiB is still an error
   * answer.
   */
  public record Json(JsonPart part) implements Body {}

  /**
   * The bytes of an open file, sent without holding a thread.
   *
   * @param channel stands where they begin
   * @param length how many; there have to be as many
   */
  public record File(ReadableByteChannel channel, long length) implements Body {}

  /**
   * Bytes written piece by piece.
   *
   * @param length how many; -1 if that is not known
   * @param live whether what is flushed is to reach the client at once; then a failure behind that
   *     cuts the answer
   */
  public record Stream(Writing writing, long length, boolean live) implements Body {}

  /** What writes a stream. */
  @FunctionalInterface
  public interface Writing {
    /** Writes everything; closing is the engine's work. */
    void write(OutputStream out) throws IOException;
  }

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** 200 with a JSON document. */
  public static Answer json(JsonPart part) {
    return new Answer(200, JSON, Map.of(), new Json(part), null);
  }

  /** 200 with text, {@code text/plain}. */
  public static Answer text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8), "text/plain");
  }

  /** 200 with bytes. */
  public static Answer bytes(byte[] bytes, String type) {
    return new Answer(200, type, Map.of(), new Bytes(bytes), null);
  }

  /** 200 with the bytes of an open file. */
  public static Answer file(ReadableByteChannel channel, long length, String type) {
    return new Answer(200, type, Map.of(), new File(channel, length), null);
  }

  /** 200 with bytes that are written piece by piece; -1 for an unknown length. */
  public static Answer stream(Writing writing, long length, String type) {
    return new Answer(200, type, Map.of(), new Stream(writing, length, false), null);
  }

  /** 200 with bytes that reach the client whenever they are flushed. */
  public static Answer live(Writing writing, String type) {
    return new Answer(200, type, Map.of(), new Stream(writing, -1, true), null);
  }

  /** 200, {@code text/plain}, no body: the answer of what has nothing to say. */
  public static Answer done() {
    return new Answer(200, "text/plain", Map.of(), new Nothing(), null);
  }

  /** A status alone, without body and type. */
  public static Answer empty(int status) {
    return new Answer(status, null, Map.of(), new Nothing(), null);
  }

  /** 307 to another place. */
  public static Answer redirect(String location) {
    return empty(307).with("Location", location);
  }

  /** The same answer with one more field. */
  public Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, type, more, body, held);
  }

  /**
   * The same answer with the name under which a browser saves it. What could end the field or the
   * name is left out.
   */
  public Answer saved(String filename) {
    String name = filename.replaceAll("[\"\\p{Cntrl}]", "");
    // Header fields are written as ISO 8859-1; this makes UTF-8 of it.
    String utf8 = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return with("Content-Disposition", "filename=\"" + utf8 + '"');
  }

  /** The same answer with another status. */
  public Answer withStatus(int newStatus) {
    return new Answer(newStatus, type, headers, body, held);
  }

  /** The same answer, with something that the engine closes at its end. */
  public Answer holding(Closeable newHeld) {
    return new Answer(status, type, headers, body, newHeld);
  }
}
