package org.ithil.archive.resource;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Names and numbers of metadata: those that the archive writes itself, and those registered by the
 * user (key {@code UserMetadata}).
 */
public final class Metadata {
  public static final int INDEX_IN_SERIES = 1;
  public static final int RECEPTION_DATE = 2;
  public static final int REMOTE_AET = 3;
  public static final int EXPECTED_NUMBER_OF_INSTANCES = 4;
  public static final int MODIFIED_FROM = 5;
  public static final int ANONYMIZED_FROM = 6;
  public static final int LAST_UPDATE = 7;
  public static final int ORIGIN = 8;
  public static final int TRANSFER_SYNTAX = 9;
  public static final int SOP_CLASS_UID = 10;
  public static final int REMOTE_IP = 11;
  public static final int CALLED_AET = 12;
  public static final int HTTP_USERNAME = 13;
  public static final int PIXEL_DATA_OFFSET = 14;
  public static final int MAIN_DICOM_TAGS_SIGNATURE = 15;
  public static final int MAIN_DICOM_SEQUENCES = 16;
  public static final int PIXEL_DATA_VR = 17;

  /** First number that users may write. */
  public static final int FIRST_USER = 1024;

  /** Last number that users may write. */
  public static final int LAST_USER = 65535;

  /** The built-in names only. */
  public static final Metadata BUILT_IN = new Metadata(Map.of());

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final Map<Integer, String> names = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * A value of a resource.
   *
   * @param text never longer than memory allows; any characters
   * @param revision grows with each write of this value, from 0
   */
  public record Entry(String text, long revision) {}

  /**
   * @param registered names of the user with their numbers, {@link #FIRST_USER} to {@link
   *     #LAST_USER}
   * @throws IllegalArgumentException if a number is out of range or used twice, or a name is a
   *     built-in one
   */
  public Metadata(Map<String, Integer> registered) {
    register(INDEX_IN_SERIES, "IndexInSeries");
    register(RECEPTION_DATE, "ReceptionDate");
    register(REMOTE_AET, "RemoteAET");
    register(EXPECTED_NUMBER_OF_INSTANCES, "ExpectedNumberOfInstances");
    register(MODIFIED_FROM, "ModifiedFrom");
    register(ANONYMIZED_FROM, "AnonymizedFrom");
    register(LAST_UPDATE, "LastUpdate");
    register(ORIGIN, "Origin");
    register(TRANSFER_SYNTAX, "TransferSyntax");
    register(SOP_CLASS_UID, "SopClassUid");
    register(REMOTE_IP, "RemoteIP");
    register(CALLED_AET, "CalledAET");
    register(HTTP_USERNAME, "HttpUsername");
    register(PIXEL_DATA_OFFSET, "PixelDataOffset");
    register(MAIN_DICOM_TAGS_SIGNATURE, "MainDicomTagsSignature");
    register(MAIN_DICOM_SEQUENCES, "MainDicomSequences");
    register(PIXEL_DATA_VR, "PixelDataVR");
    registered.forEach((name, number) -> {
      if (number < FIRST_USER || number > LAST_USER) {
        throw new IllegalArgumentException(
            "metadata \"" + name + "\" has number " + number + ", allowed are 1024 to 65535");
      }
      register(number, name);
    });
  }

  private void register(int number, String name) {
    if (names.putIfAbsent(number, name) != null || numbers.putIfAbsent(name, number) != null) {
      throw new IllegalArgumentException(
          "metadata \"" + name + "\" (" + number + ") is registered twice");
    }
  }

  /** A point in time as metadata, changes and others show it: "20260131T235959", UTC. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** The name of a number; its digits if it has none. */
  public String name(int number) {
    String name = names.get(number);
    return name == null ? Integer.toString(number) : name;
  }

  /** The number of a registered name, or of digits; empty for anything else. */
  public OptionalInt number(String name) {
    Integer number = numbers.get(name);
    if (number != null) {
      return OptionalInt.of(number);
    }
    return name.matches("[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(name))
        : OptionalInt.empty();
  }
}
