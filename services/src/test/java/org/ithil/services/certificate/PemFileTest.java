package org.ithil.services.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ithil.services.certificate.Certificates.openssl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemFileTest {
  @TempDir Path folder;

  private PrivateKey key(String file, String password) throws IOException {
    return PemFile.read(folder.resolve(file)).privateKey(password);
  }

  @Test
  void reads_an_rsa_key_in_all_its_forms() throws IOException {
    openssl(folder, "genrsa", "-out", "plain.pem", "2048");
    openssl(folder, "rsa", "-in", "plain.pem", "-traditional", "-out", "old.pem");
    Certificates.lock(folder, "plain.pem", "aes.pem");
    openssl(
        folder,
        "pkcs8",
        "-topk8",
        "-in",
        "plain.pem",
        "-v2",
        "aes-128-cbc",
        "-v2prf",
        "hmacWithSHA512",
        "-passout",
        "pass:secret",
        "-out",
        "aes128.pem");

    PrivateKey plain = key("plain.pem", "");
    assertThat(plain.getAlgorithm()).isEqualTo("RSA");
    assertThat(Files.readString(folder.resolve("old.pem"))).contains("RSA PRIVATE KEY");
    assertThat(key("old.pem", "")).isEqualTo(plain);
    assertThat(key("aes.pem", "secret")).isEqualTo(plain);
    assertThat(key("aes128.pem", "secret")).isEqualTo(plain);
  }

  @Test
  void reads_keys_of_elliptic_curves() throws IOException {
    openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-out", "old.pem");
    openssl(folder, "pkcs8", "-topk8", "-nocrypt", "-in", "old.pem", "-out", "plain.pem");
    openssl(folder, "genpkey", "-algorithm", "ed25519", "-out", "edwards.pem");

    ECPrivateKey old = (ECPrivateKey) key("old.pem", "");
    ECPrivateKey plain = (ECPrivateKey) key("plain.pem", "");
    assertThat(old.getS()).isEqualTo(plain.getS());
    assertThat(old.getParams()).isEqualTo(plain.getParams());
    assertThat(key("edwards.pem", "").getAlgorithm()).isEqualTo("EdDSA");
  }

  @Test
  void says_what_is_wrong_and_never_the_password() throws IOException {
    openssl(folder, "genrsa", "-out", "plain.pem", "2048");
    Certificates.lock(folder, "plain.pem", "aes.pem");
    Files.writeString(folder.resolve("empty.pem"), "nothing\n");
    Files.writeString(
        folder.resolve("damaged.pem"),
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");

    assertThatThrownBy(() -> key("aes.pem", "hidden"))
        .isInstanceOf(PemFormatException.class)
        .hasMessageContaining("is the password right")
        .hasMessageNotContaining("hidden");
    assertThatThrownBy(() -> key("aes.pem", "")).hasMessageContaining("needs a password");
    assertThatThrownBy(() -> key("empty.pem", "")).hasMessageContaining("no private key");
    assertThatThrownBy(() -> key("damaged.pem", "")).isInstanceOf(PemFormatException.class);
    assertThatThrownBy(() -> PemFile.read(folder.resolve("empty.pem")).certificates())
        .hasMessageContaining("no certificate");
    assertThatThrownBy(() -> key("absent.pem", "")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void reads_certificates_and_a_key_out_of_one_file() throws IOException {
    Certificates.selfSigned(folder, "a");
    Certificates.selfSigned(folder, "b");
    Files.writeString(
        folder.resolve("all.pem"),
        Files.readString(folder.resolve("a.crt"))
            + Files.readString(folder.resolve("b.crt"))
            + Files.readString(folder.resolve("a.key")));
    PemFile file = PemFile.read(folder.resolve("all.pem"));

    assertThat(file.certificates())
        .extracting(c -> c.getSubjectX500Principal().getName())
        .containsExactly("CN=a", "CN=b");
    assertThat(file.privateKey("")).isEqualTo(key("a.key", ""));
  }
}
