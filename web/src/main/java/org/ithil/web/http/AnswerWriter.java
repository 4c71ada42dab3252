package org.ithil.web.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.ithil.archive.json.JsonWriter;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one answer. */
final class AnswerWriter {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);

  /** As much of a body waits for its end, so that it can still become an error, or get a length. */
  private static final int HELD_BACK = 64 << 10;

  private static final int FILE_BUFFER = 64 << 10;

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Router router;
  private final Compression compression;

  AnswerWriter(
      Request request,
      Response response,
      Callback callback,
      Router router,
      Compression compression) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.router = router;
    this.compression = compression;
  }

  /** Closes what an answer holds. */
  static void release(Answer answer) {
    if (answer.held() != null) {
      try {
        answer.held().close();
      } catch (IOException e) {
        LOG.warn("What an answer was read from did not close: {}", e.toString());
      }
    }
  }

  void send(Answer answer) {
    switch (answer.body()) {
      case Answer.Nothing _ -> {
        release(answer);
        whole(answer, new byte[0], 0);
      }
      case Answer.Bytes bytes -> {
        release(answer);
        if (answer.status() < 400) {
          compressed(answer, bytes.bytes(), bytes.bytes().length);
        } else {
          whole(answer, bytes.bytes(), bytes.bytes().length);
        }
      }
      case Answer.File file -> file(answer, file);
      case Answer.Json json ->
          written(
              answer,
              -1,
              out -> {
                try (JsonWriter writer = new JsonWriter(out)) {
                  json.part().write(writer);
                }
              });
      case Answer.Stream stream -> written(answer, stream.length(), stream.writing());
    }
  }

  private void head(Answer answer, long length) {
    response.setStatus(answer.status());
    var fields = response.getHeaders();
    fields.put("X-Content-Type-Options", "nosniff");
    if (answer.type() != null) {
      fields.put(HttpHeader.CONTENT_TYPE, answer.type());
    }
    answer.headers().forEach(fields::put);
    if (length >= 0) {
      fields.put(HttpHeader.CONTENT_LENGTH, length);
    } else if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1) {
      // Even if the connection ends with the answer: the client sees whether it is whole.
      fields.put(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED);
    }
  }

  private void whole(Answer answer, byte[] bytes, int length) {
    head(answer, length);
    response.write(true, ByteBuffer.wrap(bytes, 0, length), callback);
  }

  /** Sends bytes, compressed if that is wanted and worth it. */
  private void compressed(Answer answer, byte[] bytes, int length) {
    if (compression == Compression.NONE || length < Compression.MINIMUM) {
      whole(answer, bytes, length);
      return;
    }
    ByteArrayOutputStream small = new ByteArrayOutputStream(length / 4);
    try (OutputStream out = compression.over(small)) {
      out.write(bytes, 0, length);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    whole(
        answer.with(HttpHeader.CONTENT_ENCODING.asString(), compression.token()),
        small.toByteArray(),
        small.size());
  }

  private void file(Answer answer, Answer.File file) {
    Callback last = Callback.from(callback, () -> release(answer));
    ByteBufferPool.Sized pool =
        new ByteBufferPool.Sized(request.getComponents().getByteBufferPool(), false, FILE_BUFFER);
    Content.Source source =
        Content.Source.from(pool, Channels.newInputStream(file.channel()), 0, file.length());
    head(answer, file.length());
    Content.copy(source, response, last);
  }

  /** Sends what is written; a failure before the head has left becomes an error answer. */
  private void written(Answer answer, long length, Answer.Writing writing) {
    HeldBack out = new HeldBack(answer, length);
    try {
      try {
        writing.write(out);
      } finally {
        release(answer);
      }
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      if (out.committed()) {
        LOG.debug("An answer was cut: {}", e.toString());
        callback.failed(e);
      } else {
        send(router.failed(e, request.getMethod(), request.getHttpURI().getPath()));
      }
      return;
    }
    out.finish();
  }

  /** Keeps the beginning of a body back; sends it in pieces once it grows. */
  private final class HeldBack extends OutputStream {
    private final Answer answer;
    private final long length;
    private byte[] buffer = new byte[0];
    private int used;
    private @org.jspecify.annotations.Nullable OutputStream sink;

    HeldBack(Answer answer, long length) {
      this.answer = answer;
      this.length = length;
    }

    boolean committed() {
      return sink != null;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      if (used + count > HELD_BACK) {
        spill();
        if (count >= HELD_BACK) {
          sink().write(bytes, offset, count);
          return;
        }
      }
      if (used + count > buffer.length) {
        buffer = java.util.Arrays.copyOf(buffer, Math.min(HELD_BACK, (used + count) * 2));
      }
      System.arraycopy(bytes, offset, buffer, used, count);
      used += count;
    }

    private void spill() throws IOException {
      sink().write(buffer, 0, used);
      used = 0;
    }

    private OutputStream sink() throws IOException {
      if (sink == null) {
        boolean plain = compression == Compression.NONE || length >= 0;
        head(
            plain
                ? answer
                : answer.with(HttpHeader.CONTENT_ENCODING.asString(), compression.token()),
            length);
        OutputStream raw = Content.Sink.asOutputStream(response);
        sink = plain ? raw : compression.over(raw);
      }
      return sink;
    }

    void finish() {
      if (sink == null) {
        if (length >= 0 && length != used) {
          send(
              router.failed(
                  new IOException("an answer of " + used + " bytes should have " + length),
                  request.getMethod(),
                  request.getHttpURI().getPath()));
        } else {
          compressed(answer, buffer, used);
        }
        return;
      }
      try {
        spill();
        sink.close();
        callback.succeeded();
      } catch (IOException | RuntimeException e) {
        LOG.debug("An answer was cut: {}", e.toString());
        callback.failed(e);
      }
    }
  }
}
