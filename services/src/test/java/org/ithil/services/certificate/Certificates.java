package org.ithil.services.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Makes keys and certificates with openssl; a test that needs them skips itself without it. */
public final class Certificates {
  private Certificates() {}

  /** Runs openssl in a folder. */
  public static void openssl(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("openssl.log").toFile())
              .start();
    } catch (IOException e) {
      Assumptions.abort("openssl is missing");
      return;
    }
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(Files.readString(folder.resolve("openssl.log")));
      }
    } catch (InterruptedException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A copy of a private key, encrypted with the password "secret". */
  public static void lock(Path folder, String key, String locked) {
    openssl(folder, "pkcs8", "-topk8", "-in", key, "-passout", "pass:secret", "-out", locked);
  }

  /** A certificate that vouches for itself, for localhost: NAME.crt, NAME.key, NAME.p12. */
  public static void selfSigned(Path folder, String name) {
    openssl(
        folder,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=" + name,
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        name + ".key",
        "-out",
        name + ".crt");
    openssl(
        folder,
        "pkcs12",
        "-export",
        "-in",
        name + ".crt",
        "-inkey",
        name + ".key",
        "-out",
        name + ".p12",
        "-passout",
        "pass:secret",
        "-name",
        "own");
  }
}
