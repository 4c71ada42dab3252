package org.ithil.dicom.deidentification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateShiftTest {
  @ParameterizedTest
  @CsvSource({
    "DA, 20240301, -1, 20240229",
    "DA, 2024.03.01, -1, 20240229",
    "DA, 20240301\\20240302, -10, 20240220\\20240221",
    "DA, 20240332, -1, ",
    "DA, 202403, -1, ",
    "DA, somewhen, -1, ",
    "DA, 00010101, -1, ",
    "DT, 20240301101112.123456+0100, -1, 20240229101112.123456+0100",
    "DT, 2024030110, -366, 2023030110",
    "DT, 202403, -1, 202402",
    "DT, 2024, -1, 2023",
    "DT, 2024+0100, -1, 2023+0100",
    "DT, yesterday, -1, ",
    "TM, 101112, -1, 101112",
    "SH, +0100, -1, +0100",
    "UT, 20240301, -1, "
  })
  void moves_dates_and_refuses_what_it_does_not_know(Vr vr, String value, int days, String moved) {
    Optional<String> result =
        new DateShift(days)
            .of(Elements.ascii(Tag.StudyDate, vr, value))
            .map(element -> element.text(SpecificCharacterSet.ASCII));
    assertThat(result).isEqualTo(Optional.ofNullable(moved));
  }
}
