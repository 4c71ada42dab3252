package org.ithil.server;

import java.util.OptionalInt;
import org.ithil.server.configuration.ServerConfiguration;

/** The few lines that tell a person that the server is ready, and where. */
final class Greeting {
  private Greeting() {}

  static String of(ServerConfiguration configuration, OptionalInt httpPort, OptionalInt dicomPort) {
    StringBuilder text = new StringBuilder();
    text.append("Ithil ").append(Version.OWN).append(" is ready. Stop it with Ctrl-C.\n");
    if (httpPort.isPresent()) {
      String root = "http://localhost:" + httpPort.getAsInt() + "/";
      if (configuration.pages()) {
        line(text, "Browser", root);
      }
      line(text, "REST API", root + "system, " + root + "instances, ...");
    } else {
      line(text, "REST API", "off");
    }
    line(
        text,
        "DICOM",
        dicomPort.isPresent()
            ? "port "
                + dicomPort.getAsInt()
                + ", AE title "
                + configuration.web().system().dicomAet()
            : "off");
    line(
        text,
        "Files",
        configuration.archive().storageFolder().toAbsolutePath().normalize().toString());
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  ")
        .append(name)
        .append(" ".repeat(10 - name.length()))
        .append(value)
        .append('\n');
  }
}
