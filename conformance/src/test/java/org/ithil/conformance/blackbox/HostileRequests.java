package org.ithil.conformance.blackbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ithil.conformance.synthetic.Requester;
import org.ithil.conformance.synthetic.SyntheticImage;

/**
 * Requests that no honest client sends, each over a connection of its own. The number decides all:
 * the same number is the same request.
 */
final class HostileRequests {
  private static final int KINDS = 24;

  private final int httpPort;
  private final int dicomPort;

  HostileRequests(int httpPort, int dicomPort) {
    this.httpPort = httpPort;
    this.dicomPort = dicomPort;
  }

  /** Sends one; what the server does with it is its own affair, as long as the connection ends. */
  void send(int number) throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(number);
    byte[] file = SyntheticImage.small(1000 + number, 1, 1).file();
    switch (number % KINDS) {
      case 0 -> http(post("", noise(random, 3000)));
      case 1 -> http(post("", Arrays.copyOf(file, random.nextInt(file.length))));
      case 2 -> http(post("", damaged(random, file)));
      case 3 -> http(cut(random, post("", file)));
      case 4 -> http(head("Content-Length: 999999999\r\n"), file);
      case 5 -> http(head("Content-Length: -5\r\n"), file);
      case 6 -> http(head("Content-Length: 10\r\nContent-Length: 20\r\n"), file);
      case 7 -> http(head("Transfer-Encoding: chunked\r\n"), ascii("fffffff\r\n"), file);
      case 8 -> http(head("Transfer-Encoding: chunked\r\n"), ascii("zz\r\n"), noise(random, 100));
      case 9 -> http(post("Content-Encoding: gzip\r\n", noise(random, 500)));
      case 10 -> http(post("", damaged(random, zip(file))));
      case 11 -> http(post("Content-Type: multipart/form-data; boundary=x\r\n", broken(file)));
      case 12 -> http(post("Content-Type: multipart/form-data\r\n", file));
      case 13 -> http(post("", lyingElement(file, random)));
      case 14 -> http(post("", nested(random.nextInt(1, 3000))));
      case 15 -> http(path(random));
      case 16 -> http(noise(random, 400));
      case 17 -> reset(random.nextBoolean() ? httpPort : dicomPort);
      case 18 -> dicom(noise(random, 500));
      case 19 -> dicom(damaged(random, Requester.associateRequest(SyntheticImage.SOP_CLASS)));
      case 20 -> dicom(pduOf(random.nextInt(9), random.nextInt(), noise(random, 60)));
      case 21 -> dicom(cut(random, Requester.associateRequest(SyntheticImage.SOP_CLASS)));
      case 22 -> halfStored(number, random);
      default -> afterNegotiation(random);
    }
  }

  private void http(byte[]... parts) throws IOException {
    exchange(httpPort, parts);
  }

  private void dicom(byte[]... parts) throws IOException {
    exchange(dicomPort, parts);
  }

  /** Sends all, says that no more comes, and reads what comes until the server ends it. */
  private static void exchange(int port, byte[]... parts) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      for (byte[] part : parts) {
        socket.getOutputStream().write(part);
      }
      socket.shutdownOutput();
      socket.getInputStream().skip(1 << 16);
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // The server hung up while we were still talking: its right.
    }
  }

  private static void reset(int port) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoLinger(true, 0);
    }
  }

  /** A C-STORE whose data set breaks off, or is nonsense. */
  private void halfStored(int number, RandomGenerator random) throws IOException {
    negotiated(requester -> {
      requester.startStore(SyntheticImage.small(1000 + number, 2, 1));
      requester.sendPart(noise(random, 5000));
    });
  }

  private void afterNegotiation(RandomGenerator random) throws IOException {
    byte[] noise = noise(random, 200);
    byte[] pdu =
        random.nextBoolean() ? pduOf(4, noise.length, noise) : pduOf(4, random.nextInt(), noise);
    negotiated(requester -> requester.sendRaw(pdu));
  }

  private interface Step {
    void to(Requester requester) throws IOException;
  }

  private void negotiated(Step step) throws IOException {
    try (var requester = new Requester(dicomPort, SyntheticImage.SOP_CLASS)) {
      step.to(requester);
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // Refused or aborted: its right.
    }
  }

  private static byte[] post(String headers, byte[] body) {
    return join(head(headers + "Content-Length: " + body.length + "\r\n"), body);
  }

  private static byte[] head(String headers) {
    return ascii(
        "POST /instances HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
  }

  private static byte[] path(RandomGenerator random) {
    String[] paths = {
      "/instances/../../../etc/passwd",
      "/instances/%00/tags",
      "/instances/%2e%2e/%ff/file",
      "/instances?since=-1&limit=99999999999999999999",
      "/" + "a".repeat(20_000),
      "//",
      "*",
      "",
      "/instances/00000000-00000000-00000000-00000000-00000000/content/0008-1140/"
          + "9/".repeat(99),
      "/instances/" + "\u0001",
      "http://elsewhere/instances",
      "/changes?since=x&limit=;"
    };
    String header = random.nextInt(8) == 0 ? "X: " + "y".repeat(30_000) + "\r\n" : "";
    String path = paths[random.nextInt(paths.length)];
    return ascii("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n");
  }

  private static byte[] zip(byte[] file) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("../../escape"));
      zip.write(file);
      zip.putNextEntry(new ZipEntry("zeros"));
      zip.write(new byte[100_000]);
    }
    return bytes.toByteArray();
  }

  private static byte[] broken(byte[] file) {
    return join(ascii("--x\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n"), file);
  }

  /** An element in front of the pixels claims up to 4 GiB. */
  private static byte[] lyingElement(byte[] file, RandomGenerator random) {
    byte[] lie = {0x29, 0, 0x10, 0x10, 'O', 'B', 0, 0, 0, 0, 0, 0};
    ByteBuffer.wrap(lie).putInt(8, random.nextInt());
    int pixels = file.length - 64 * 64 - 12;
    return join(Arrays.copyOf(file, pixels), lie, Arrays.copyOfRange(file, pixels, file.length));
  }

  /** Sequences in sequences, none of them ended. */
  private static byte[] nested(int depth) {
    byte[] file = SyntheticImage.small(999, 1, 1).file();
    byte[] level = {
      0x40,
      0,
      0x30,
      (byte) 0xa7,
      'S',
      'Q',
      0,
      0,
      -1,
      -1,
      -1,
      -1,
      -2,
      -1,
      0,
      (byte) 0xe0,
      -1,
      -1,
      -1,
      -1
    };
    var out = new ByteArrayOutputStream();
    out.write(file, 0, 144 + (file[140] & 0xff));
    for (int i = 0; i < depth; i++) {
      out.writeBytes(level);
    }
    return out.toByteArray();
  }

  private static byte[] pduOf(int type, int length, byte[] content) {
    return join(
        ByteBuffer.allocate(6).put((byte) type).put((byte) 0).putInt(length).array(), content);
  }

  private static byte[] noise(RandomGenerator random, int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] damaged(RandomGenerator random, byte[] bytes) {
    byte[] copy = bytes.clone();
    int end = Math.min(copy.length, 600);
    for (int i = random.nextInt(1, 20); i > 0; i--) {
      copy[random.nextInt(end)] = (byte) random.nextInt();
    }
    return copy;
  }

  private static byte[] cut(RandomGenerator random, byte[] bytes) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  private static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
