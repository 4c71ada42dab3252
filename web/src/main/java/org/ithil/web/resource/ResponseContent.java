package org.ithil.web.resource;

import java.util.EnumSet;
import java.util.Set;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;

/** The parts of the description of a resource that a client can ask for. */
enum ResponseContent {
  MAIN_DICOM_TAGS("MainDicomTags"),
  METADATA("Metadata"),
  CHILDREN("Children"),
  PARENT("Parent"),
  LABELS("Labels"),
  STATUS("Status"),
  IS_STABLE("IsStable"),
  IS_PROTECTED("IsProtected"),
  ATTACHMENTS("Attachments"),
  REQUESTED_TAGS("RequestedTags");

  private final String label;

  ResponseContent(String label) {
    this.label = label;
  }

  /**
   * Reads the argument {@code response-content}: names separated by semicolons.
   *
   * @throws ApiException PARAMETER_OUT_OF_RANGE for an unknown one
   */
  static Set<ResponseContent> parse(String argument) {
    Set<ResponseContent> parts = EnumSet.noneOf(ResponseContent.class);
    for (String name : argument.split(";", -1)) {
      if (!name.isEmpty()) {
        parts.add(of(name));
      }
    }
    return parts;
  }

  private static ResponseContent of(String name) {
    for (ResponseContent part : values()) {
      if (part.label.equals(name)) {
        return part;
      }
    }
    throw ApiException.of(
        ErrorCode.PARAMETER_OUT_OF_RANGE, "Unrecognized value for \"ResponseContent\": " + name);
  }
}
