package org.ithil.services.modality;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Another application entity: an entry of {@code DicomModalities}.
 *
 * @param aet its title; not checked
 * @param host name or address
 * @param port TCP port, 1 to 65534
 * @param manufacturer how it wants to be asked
 * @param allowed what it may ask us for
 * @param allowTranscoding whether instances may be transcoded for it
 * @param localAet our title towards it; empty = our usual one
 * @param timeout limit of each of its answers; zero = the usual one
 * @param useTls whether associations to it are encrypted
 * @param retrieveMethod how instances are fetched from it
 */
public record Modality(
    String aet,
    String host,
    int port,
    Manufacturer manufacturer,
    Set<Operation> allowed,
    boolean allowTranscoding,
    String localAet,
    Duration timeout,
    boolean useTls,
    RetrieveMethod retrieveMethod) {
  private static final int HIGHEST_PORT = 65534;

  /** How a modality wants to be asked; the names are those of the configuration. */
  public enum Manufacturer {
    GENERIC("Generic"),
    GENERIC_NO_WILDCARD_IN_DATES("GenericNoWildcardInDates"),
    GENERIC_NO_UNIVERSAL_WILDCARD("GenericNoUniversalWildcard"),
    VITREA("Vitrea"),
    GE("GE"),
    SIEMENS_SYNGO_CT("SiemensSyngoCT");

    private final String key;

    Manufacturer(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /** How instances are fetched; the names are those of the configuration. */
  public enum RetrieveMethod {
    SYSTEM_DEFAULT("SystemDefault"),
    C_MOVE("C-MOVE"),
    C_GET("C-GET");

    private final String key;

    RetrieveMethod(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  public Modality {
    allowed = Set.copyOf(allowed);
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  /** With all defaults: everything allowed. */
  public static Modality of(String aet, String host, int port) {
    return new Modality(
        aet,
        host,
        port,
        Manufacturer.GENERIC,
        EnumSet.allOf(Operation.class),
        true,
        "",
        Duration.ZERO,
        false,
        RetrieveMethod.SYSTEM_DEFAULT);
  }

  /** The same, found elsewhere under another title. */
  public Modality at(String newAet, String newHost, int newPort) {
    return new Modality(
        newAet,
        newHost,
        newPort,
        manufacturer,
        allowed,
        allowTranscoding,
        localAet,
        timeout,
        useTls,
        retrieveMethod);
  }

  /** The same, allowed other operations. */
  public Modality allowing(Set<Operation> operations) {
    return new Modality(
        aet,
        host,
        port,
        manufacturer,
        operations,
        allowTranscoding,
        localAet,
        timeout,
        useTls,
        retrieveMethod);
  }
}
