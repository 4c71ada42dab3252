package org.ithil.archive.editing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ithil.archive.SharedData;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.edit.Edit;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random requests on all small sample files: refused, or a file comes of it that is read again as
 * it was meant. The requests are the same in every run.
 */
class ModificationFuzzTest {
  private static final int LARGEST = 40_000;
  private static final int VARIANTS = 12;
  private static final String[] TEXTS = {
    "",
    "1",
    "-1",
    "70000",
    "1.5\\2",
    "text",
    "é山\u0000\n",
    "1.2.3",
    "PatientID",
    "0010,0010",
    "data:image/png;base64,AAEC",
    "data:application/octet-stream;base64,AAECAw==",
    "ISO_IR 192",
    "\\ISO 2022 IR 87",
    "x".repeat(70_000)
  };

  private static List<Path> files() {
    try (Stream<Path> all = Files.walk(SharedData.file(""))) {
      return all.filter(ModificationFuzzTest::isSmall).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSmall(Path path) {
    try {
      return path.toString().endsWith(".dcm")
          && Files.isRegularFile(path)
          && Files.size(path) < LARGEST;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DicomFile read(byte[] bytes) throws IOException {
    return DicomReader.readFile(ByteSource.of(bytes), ReadOptions.DEFAULT);
  }

  @Test
  void a_modified_file_is_whole() throws IOException {
    int made = 0;
    for (Path path : files()) {
      DicomFile file;
      try {
        file = read(Files.readAllBytes(path));
      } catch (IOException _) {
        continue; // broken on purpose
      }
      Random random = new Random(path.getFileName().toString().hashCode());
      for (int i = 0; i < VARIANTS; i++) {
        JsonValue.Members request = request(random, file.dataSet());
        try {
          made += isWhole(file, request) ? 1 : 0;
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError(path + " with " + request, e);
        }
      }
    }
    assertThat(made).isGreaterThan(500);
  }

  private static boolean isWhole(DicomFile file, JsonValue.Members request) throws IOException {
    Edit edit;
    Edit.Edited edited;
    try {
      edit = Requests.editing().modification(request, Level.STUDY, Requests.DRAW, Covered.NOTHING);
      edited = edit.apply(file);
    } catch (EditException _) {
      return false;
    }
    assertThat(edit.apply(file).dataSet()).isEqualTo(edited.dataSet());
    byte[] written = write(edited, file);
    DicomFile again = read(written);
    assertThat(tags(again.dataSet())).isEqualTo(tags(edited.dataSet()));
    // What was read again is written as it was: nothing in it was open to interpretation.
    if (file.transferSyntax().explicitVr()) {
      assertThat(write(new Edit.Edited(again.dataSet(), again.values()), again)).isEqualTo(written);
    }
    return true;
  }

  private static byte[] write(Edit.Edited edited, DicomFile source) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    edited.write(source.transferSyntax(), out);
    return out.toByteArray();
  }

  /** Tags of a data set as a file holds them. */
  private static List<String> tags(DataSet dataSet) {
    List<String> tags = new ArrayList<>();
    for (Element element : dataSet) {
      if (TagsJson.isOfDataSet(element.tag())) {
        tags.add(Tags.format(element.tag()));
      }
    }
    return tags;
  }

  private static JsonValue.Members request(Random random, DataSet dataSet) {
    List<String> there = new ArrayList<>();
    names(dataSet, "", there);
    Map<String, JsonValue> replace = new HashMap<>();
    List<JsonValue> remove = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      replace.put(name(random, there), value(random, 2));
      remove.add(new JsonValue.Text(name(random, there)));
    }
    Map<String, JsonValue> request = new HashMap<>();
    request.put("Replace", JsonValue.object(replace));
    if (random.nextBoolean()) {
      request.put("Remove", new JsonValue.Items(remove));
    }
    request.put("RemovePrivateTags", new JsonValue.Flag(random.nextBoolean()));
    request.put("Force", new JsonValue.Flag(true));
    return JsonValue.object(request);
  }

  /** Tags that are there, also those in items. */
  private static void names(DataSet dataSet, String path, List<String> names) {
    for (Element element : dataSet) {
      String name = path + Tags.format(element.tag());
      names.add(name);
      List<DataSet> items = element.items();
      for (int i = 0; i < Math.min(items.size(), 2); i++) {
        names(items.get(i), name + "[" + i + "].", names);
      }
    }
  }

  private static String name(Random random, List<String> there) {
    if (!there.isEmpty() && random.nextInt(3) > 0) {
      return there.get(random.nextInt(there.size()));
    }
    int tag = random.nextBoolean() ? random.nextInt() : 0x00080000 | random.nextInt(0x3000);
    return Tags.format(Dictionary.standard().entry(tag, null) == null ? tag & 0xffff00ff : tag);
  }

  private static JsonValue value(Random random, int depth) {
    if (depth > 0 && random.nextInt(4) == 0) {
      List<JsonValue> items = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        items.add(JsonValue.object(Map.of(name(random, List.of()), value(random, depth - 1))));
      }
      return new JsonValue.Items(items);
    }
    return random.nextInt(10) == 0
        ? new JsonValue.Null()
        : new JsonValue.Text(TEXTS[random.nextInt(TEXTS.length)]);
  }

  @Test
  void dcmdump_reads_what_was_modified(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(
        new ProcessBuilder("sh", "-c", "command -v dcmdump").start().waitFor() == 0,
        "skipped: no dcmdump");
    List<String> command = new ArrayList<>(List.of("dcmdump", "-q", "-M"));
    Random random = new Random(1);
    List<Path> files = files();
    for (int i = 0; i < 6 * files.size(); i += 7) {
      DicomFile file;
      Edit.Edited edited;
      try {
        file = read(Files.readAllBytes(files.get(i / 6)));
        edited =
            Requests.editing()
                .modification(
                    request(random, file.dataSet()), Level.SERIES, Requests.DRAW, Covered.NOTHING)
                .apply(file);
      } catch (IOException | EditException _) {
        continue;
      }
      Path modified = folder.resolve(i + ".dcm");
      Files.write(modified, write(edited, file));
      command.add(modified.toString());
    }
    assertThat(command.size()).isGreaterThan(50);
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(log.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(log, StandardCharsets.ISO_8859_1)).isEmpty();
    assertThat(process.exitValue()).isZero();
  }
}
