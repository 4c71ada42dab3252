package org.ithil.services.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A PEM file (RFC 7468): certificates, and private keys as PKCS #8 (plain or encrypted), PKCS #1 or
 * SEC 1.
 */
public final class PemFile {
  private static final long LARGEST = 16 << 20;
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([^-]*?)\\s*-----END \\1-----");

  private final Path path;
  private final List<Block> blocks;

  /**
   * @param label the words behind BEGIN
   * @param text what stands between the lines of dashes
   */
  private record Block(String label, String text) {}

  private PemFile(Path path, List<Block> blocks) {
    this.path = path;
    this.blocks = blocks;
  }

  /**
   * Reads a file.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  public static PemFile read(Path path) throws IOException {
    if (Files.size(path) > LARGEST) {
      throw new PemFormatException(path, "is too large for a PEM file", null);
    }
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(path, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return new PemFile(path, blocks);
  }

  /**
   * All certificates, in their order.
   *
   * @throws PemFormatException if there is none, or one that cannot be read
   */
  public List<X509Certificate> certificates() throws PemFormatException {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Block block : blocks) {
        switch (block.label()) {
          case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" ->
              certificates.add(
                  (X509Certificate)
                      factory.generateCertificate(new ByteArrayInputStream(der(block))));
          default -> {} // a key, parameters, a request
        }
      }
    } catch (GeneralSecurityException e) {
      throw new PemFormatException(path, "holds a certificate that cannot be read", e);
    }
    if (certificates.isEmpty()) {
      throw new PemFormatException(path, "holds no certificate", null);
    }
    return List.copyOf(certificates);
  }

  /**
   * The first private key.
   *
   * @param password of an encrypted key; empty for none
   * @throws PemFormatException if there is none, or it cannot be read, or the password is wrong
   */
  public PrivateKey privateKey(String password) throws PemFormatException {
    for (Block block : blocks) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return key(der(block));
        }
        case "ENCRYPTED PRIVATE KEY" -> {
          return key(decrypted(der(block), password));
        }
        case "RSA PRIVATE KEY" -> {
          return key(Pkcs8.ofRsa(der(block)));
        }
        case "EC PRIVATE KEY" -> {
          return key(ofSec1(der(block)));
        }
        default -> {} // a certificate, parameters
      }
    }
    throw new PemFormatException(path, "holds no private key", null);
  }

  private byte[] ofSec1(byte[] der) throws PemFormatException {
    try {
      return Pkcs8.ofEc(der);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new PemFormatException(path, "holds a private key that cannot be read", e);
    }
  }

  private PrivateKey key(byte[] pkcs8) throws PemFormatException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        // of another algorithm
      } catch (GeneralSecurityException e) {
        throw new PemFormatException(path, "holds a private key that cannot be read", e);
      }
    }
    throw new PemFormatException(path, "holds a private key of an unknown kind", null);
  }

  private byte[] decrypted(byte[] der, String password) throws PemFormatException {
    if (password.isEmpty()) {
      throw new PemFormatException(path, "holds a private key that needs a password", null);
    }
    try {
      EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(der);
      // Of PKCS #5 version 2 the parameters tell the algorithm, PBES2 being none of its own.
      String algorithm =
          encrypted.getAlgName().startsWith("PBES2") || encrypted.getAlgName().startsWith("1.2.840")
              ? encrypted.getAlgParameters().toString()
              : encrypted.getAlgName();
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray())),
          encrypted.getAlgParameters());
      return encrypted.getKeySpec(cipher).getEncoded();
    } catch (GeneralSecurityException | IOException e) {
      throw new PemFormatException(
          path, "holds a private key that cannot be decrypted; is the password right?", e);
    }
  }

  private byte[] der(Block block) throws PemFormatException {
    if (block.text().contains(":")) {
      throw new PemFormatException(
          path, "holds a key encrypted in the old way; convert it with openssl pkcs8 -topk8", null);
    }
    try {
      return Base64.getMimeDecoder().decode(block.text());
    } catch (IllegalArgumentException e) {
      throw new PemFormatException(path, "is damaged", e);
    }
  }
}
