package org.ithil.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import org.ithil.dicom.SharedData;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DICOM JSON as the reference answers it for a file. */
class RecordedJsonTest {
  @ParameterizedTest
  @CsvSource({
    "accept-json, syntax/small/MR_small.dcm",
    "accept-json-sr, objects/sr/basic_text.dcm",
    "accept-json-french, charset/chrFren.dcm",
    "accept-json-rle, syntax/color/SC_rgb_rle.dcm"
  })
  void agrees_with_the_recording(String step, String name) throws IOException {
    JsonInput.Json recorded = Recording.value("file", step);
    byte[] bytes = Files.readAllBytes(SharedData.require(name));
    DicomFile file = DicomReader.readFile(ByteSource.of(bytes), ReadOptions.DEFAULT);
    StringBuilder json = new StringBuilder();
    new DicomJsonWriter(file.values(), BulkData.inline())
        .write(file.dataSet(), SpecificCharacterSet.ASCII, json);
    assertThat(JsonInput.parse(new StringReader(json.toString()), 1 << 24, 200))
        .isEqualTo(recorded);
  }
}
