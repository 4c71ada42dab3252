package org.ithil.dicom.deidentification;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;

/** Moves dates by whole days, so that times of day and intervals stay. */
final class DateShift {
  private static final Pattern DATE = Pattern.compile("(\\d{4})\\.?(\\d{2})\\.?(\\d{2})");
  private static final Pattern DATE_TIME =
      Pattern.compile("(\\d{4})(\\d{2})?(\\d{2})?(\\d{0,6}(?:\\.\\d{1,6})?(?:[+-]\\d{4})?)");

  private final int days;

  DateShift(int days) {
    this.days = days;
  }

  /**
   * The element with its dates moved; empty if it holds none, or something else that would tell
   * them. Times of day and differences from UTC stay.
   */
  Optional<Element> of(Element element) {
    if (element.vr() == Vr.TM || element.vr() == Vr.SH || element.isEmpty()) {
      return Optional.of(element);
    }
    if (element.vr() != Vr.DA && element.vr() != Vr.DT) {
      return Optional.empty();
    }
    List<String> moved = new ArrayList<>();
    for (String value : element.texts(SpecificCharacterSet.ASCII)) {
      Optional<String> one = element.vr() == Vr.DA ? date(value) : dateTime(value);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      moved.add(one.orElseThrow());
    }
    return Optional.of(Elements.ascii(element.tag(), element.vr(), String.join("\\", moved)));
  }

  private Optional<String> date(String value) {
    Matcher parts = DATE.matcher(value.strip());
    if (!parts.matches()) {
      return value.isBlank() ? Optional.of("") : Optional.empty();
    }
    return moved(parts.group(1), parts.group(2), parts.group(3));
  }

  /** A shorter date keeps its precision: that of its first day moved. */
  private Optional<String> dateTime(String value) {
    Matcher parts = DATE_TIME.matcher(value.strip());
    if (!parts.matches()) {
      return value.isBlank() ? Optional.of("") : Optional.empty();
    }
    String month = parts.group(2) == null ? "01" : parts.group(2);
    String day = parts.group(3) == null ? "01" : parts.group(3);
    int length = parts.group(2) == null ? 4 : parts.group(3) == null ? 6 : 8;
    return moved(parts.group(1), month, day)
        .map(date -> date.substring(0, length) + parts.group(4));
  }

  private Optional<String> moved(String year, String month, String day) {
    try {
      LocalDate date =
          LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day))
              .plusDays(days);
      return date.getYear() < 1
          ? Optional.empty()
          : Optional.of(
              String.format(
                  Locale.ROOT,
                  "%04d%02d%02d",
                  date.getYear(),
                  date.getMonthValue(),
                  date.getDayOfMonth()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
