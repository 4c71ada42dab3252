package org.ithil.services.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ithil.services.peer.FakePeer;
import org.ithil.services.peer.Workshop;

/** Files that a peer has, and what it answers to those who fetch them. */
final class OfferedFiles {
  private final Map<String, byte[]> files = new TreeMap<>();

  OfferedFiles(Map<String, byte[]> files) {
    this.files.putAll(files);
  }

  /** Instances of one series, with numbers from 1 on. */
  static OfferedFiles instances(int count, int pixels) {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 1; i <= count; i++) {
      String id = String.format(Locale.ROOT, "00000000-00000000-00000000-00000000-%08x", i);
      files.put(id, Workshop.dicom("P", i, pixels));
    }
    return new OfferedFiles(files);
  }

  List<byte[]> all() {
    return List.copyOf(files.values());
  }

  static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is said of a file. */
  static String entry(String id, int size, String md5) {
    return "{\"ID\":\"" + id + "\",\"Size\":\"" + size + "\",\"MD5\":\"" + md5 + "\"}";
  }

  String found() {
    List<String> entries = new ArrayList<>();
    files.forEach((id, file) -> entries.add(entry(id, file.length, md5(file))));
    return "{\"Originator\":\"me\",\"Instances\":[" + String.join(",", entries) + "]}";
  }

  /** Answers what is asked for. */
  void answer(FakePeer.Exchange exchange) throws IOException {
    if (exchange.path().equals("/transfers/lookup")) {
      exchange.answer(200, found());
    } else {
      chunks(exchange);
    }
  }

  /** Answers a request for chunks. */
  void chunks(FakePeer.Exchange exchange) throws IOException {
    String path = exchange.path();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (String id : path.replaceAll("^/transfers/chunks/(.*)\\?.*", "$1").split("\\.")) {
      whole.writeBytes(files.get(id));
    }
    int offset = Integer.parseInt(path.replaceAll(".*offset=(\\d+).*", "$1"));
    int size = Integer.parseInt(path.replaceAll(".*size=(\\d+).*", "$1"));
    exchange.answer(200, Arrays.copyOfRange(whole.toByteArray(), offset, offset + size), size);
  }
}
