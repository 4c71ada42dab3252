package org.ithil.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.scu.AssociationRequest;
import org.ithil.dimse.scu.ClientAssociation;
import org.ithil.server.configuration.ConfigurationFiles;
import org.ithil.server.configuration.KeyTable;
import org.ithil.server.configuration.ServerConfiguration;

/**
 * A short life on throw-away data: the launcher records which classes it takes, so that later
 * starts find them prepared, and which methods run hot (JEP 483, JEP 515).
 */
final class Rehearsal {
  private static final String LOOPBACK = "127.0.0.1";

  /** So often is each thing done, that the compiler's profiles are worth keeping. */
  private static final int INSTANCES = 300;

  private static final int ROUNDS = 20;
  private static final int PIXELS = 128 << 10;

  private static final List<String> PATHS =
      List.of(
          "/system",
          "/statistics",
          "/patients",
          "/studies?expand",
          "/changes",
          "/app/explorer.html",
          "/instances/{id}/tags",
          "/instances/{id}/simplified-tags",
          "/instances/{id}/file",
          "/instances/{id}/metadata?expand",
          "/series/{id}",
          "/nothing");

  private static final Pattern ID = Pattern.compile("\"Path\" : \"/instances/([0-9a-f-]+)\"");

  private Rehearsal() {}

  static void run() throws IOException {
    Path folder = Files.createTempDirectory("ithil-rehearsal");
    try {
      Path file =
          Files.writeString(
              folder.resolve("ithil.json"),
              "{ \"HttpPort\" : 0, \"DicomPort\" : 0, \"StorageDirectory\" : \"storage\" }");
      ServerConfiguration configuration =
          ServerConfiguration.of(
              new ConfigurationFiles(KeyTable.load(), _ -> null).read(List.of(file)));
      try (RunningServer server = RunningServer.start(configuration)) {
        play(server.httpPort().orElseThrow(), server.dicomPort().orElseThrow());
      }
    } finally {
      delete(folder);
    }
  }

  private static void play(int httpPort, int dicomPort) throws IOException {
    String id = "";
    for (int number = 1; number <= INSTANCES; number++) {
      id = store(httpPort, instance(number));
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (String path : PATHS) {
        ask(httpPort, "GET " + path.replace("{id}", id) + " HTTP/1.1\r\n", new byte[0]);
      }
    }
    AssociationRequest request =
        AssociationRequest.of(
            LOOPBACK,
            dicomPort,
            "REHEARSAL",
            "ITHIL",
            List.of(
                new ProposedContext(
                    1, ClientAssociation.VERIFICATION, List.of(TransferSyntax.IMPLICIT_LE.uid()))));
    try (ClientAssociation association =
        ClientAssociation.open(request, SocketFactory.getDefault())) {
      association.echo();
      association.release();
    }
  }

  private static String store(int port, byte[] instance) throws IOException {
    String stored =
        ask(
            port,
            "POST /instances HTTP/1.1\r\nContent-Length: " + instance.length + "\r\n",
            instance);
    Matcher id = ID.matcher(stored);
    if (!id.find()) {
      throw new IOException("the instance was not stored: " + stored);
    }
    return id.group(1);
  }

  private static String ask(int port, String head, byte[] body) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral(LOOPBACK), port)) {
      OutputStream out = socket.getOutputStream();
      String request = head + "Host: localhost\r\nConnection: close\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A file of a patient who does not exist. */
  private static byte[] instance(int number) throws IOException {
    DataSet.Builder meta = new DataSet.Builder();
    put(meta, 0x00020002, Vr.UI, "1.2.840.10008.5.1.4.1.1.7");
    put(meta, 0x00020003, Vr.UI, "2.25.1.1." + number);
    put(meta, 0x00020010, Vr.UI, TransferSyntax.EXPLICIT_LE.uid());
    DataSet.Builder dataSet = new DataSet.Builder();
    put(dataSet, 0x00080005, Vr.CS, "ISO_IR 192");
    put(dataSet, 0x00080016, Vr.UI, "1.2.840.10008.5.1.4.1.1.7");
    put(dataSet, 0x00080018, Vr.UI, "2.25.1.1." + number);
    put(dataSet, 0x00080020, Vr.DA, "20260101");
    put(dataSet, 0x00080060, Vr.CS, "OT");
    put(dataSet, 0x00100010, Vr.PN, "Nobody^Not");
    put(dataSet, 0x00100020, Vr.LO, "REHEARSAL");
    put(dataSet, 0x0020000d, Vr.UI, "2.25.1.2");
    put(dataSet, 0x0020000e, Vr.UI, "2.25.1.3");
    put(dataSet, 0x00200013, Vr.IS, String.valueOf(number));
    dataSet.put(new Element(Tag.PixelData, Vr.OW, new Value.Bytes(new byte[PIXELS])));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeFile(meta.build(), dataSet.build(), ByteSource.of(new byte[0]), out);
    return out.toByteArray();
  }

  private static void put(DataSet.Builder dataSet, int tag, Vr vr, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    byte[] even = Arrays.copyOf(bytes, bytes.length + (bytes.length & 1));
    if (even.length > bytes.length && vr != Vr.UI) {
      even[bytes.length] = ' ';
    }
    dataSet.put(new Element(tag, vr, new Value.Bytes(even)));
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
