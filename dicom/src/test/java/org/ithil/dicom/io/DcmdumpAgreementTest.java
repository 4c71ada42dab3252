package org.ithil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ithil.dicom.SharedData;
import org.ithil.dicom.data.ByteSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags and values of all sample files are those that DCMTK's dcmdump shows. */
class DcmdumpAgreementTest {
  private static final Pattern LINE =
      Pattern.compile(
          "^( *)\\((....),(....)\\) (..) (.*?) *# *([0-9]+|u/l), ?[0-9]+ ?.*$", Pattern.DOTALL);

  /** Where we refuse what dcmdump takes. */
  private static final Set<String> DEEPER_THAN_WE_READ =
      Set.of("broken/syn_nested_20000_undefined.dcm", "objects/misc/deep_nested_64.dcm");

  private static final boolean HAS_DCMDUMP = Files.isExecutable(Path.of("/usr/bin/dcmdump"));

  /** What dcmdump said: its lines, or null if it refused the file. */
  private record Output(boolean accepted, List<Dump.Line> lines) {}

  static List<String> names() {
    return SharedData.names();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("names")
  void shows_what_dcmdump_shows(String name) throws Exception {
    Assumptions.assumeTrue(HAS_DCMDUMP, "skipped: no dcmdump");
    Assumptions.assumeFalse(DEEPER_THAN_WE_READ.contains(name), "refused by its depth");
    Path path = SharedData.require(name);
    Output expected = dcmdump(path);
    try (FileByteSource source = FileByteSource.open(path)) {
      DicomFile file = DicomReader.readFile(source, ReadOptions.DEFAULT);
      assertThat(expected.accepted()).as("dcmdump takes it, too").isTrue();
      compare(Dump.of(file), expected.lines());
    } catch (DicomFormatException e) {
      assertThat(expected.accepted()).as("dcmdump refuses it, too: " + e.getMessage()).isFalse();
    }
  }

  /** The same with a few small files and their checked-in dumps, wherever this runs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "all_vrs_deflated",
        "all_vrs_explicit_be",
        "all_vrs_explicit_le",
        "all_vrs_implicit_le",
        "all_vrs_undefined_lengths",
        "syn_duplicate_tags",
        "syn_encaps_in_native_syntax",
        "syn_group_lengths",
        "syn_odd_lengths",
        "syn_tags_out_of_order",
        "syn_un_undefined_length"
      })
  void shows_what_dcmdump_once_showed(String name) throws IOException {
    DicomFile file =
        DicomReader.readFile(ByteSource.of(golden(name + ".dcm")), ReadOptions.DEFAULT);
    String text = new String(golden(name + ".txt"), StandardCharsets.ISO_8859_1);
    compare(Dump.of(file), parse(text));
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = DcmdumpAgreementTest.class.getResourceAsStream("golden/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static void compare(List<Dump.Line> ours, List<Dump.Line> theirs) {
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      Dump.Line a = ours.get(i);
      Dump.Line b = theirs.get(i);
      String where = "line " + i + ": " + a + " against " + b;
      assertThat(a.tag()).as(where).isEqualTo(b.tag());
      assertThat(a.depth()).as(where).isEqualTo(b.depth());
      assertThat(a.vr()).as(where).isIn(vrs(b));
      if (b.length() >= 0 && a.length() >= 0) {
        assertThat(a.length()).as(where).isEqualTo(b.length());
      }
      assertThat(sameValue(a, b.value())).as(where).isTrue();
    }
    assertThat(ours).hasSameSizeAs(theirs);
  }

  /** dcmdump has names of its own for what it cannot decide: "??", "lt", "ox". */
  private static Set<String> vrs(Dump.Line line) {
    return switch (line.vr()) {
      case "??" -> Set.of("UN");
      case "lt" -> Set.of("OW", "US", "SS");
      case "up" -> Set.of("UL");
      case "ox" -> Set.of("OB", "OW");
      case "xs" -> Set.of("US", "SS");
      default -> Set.of(line.vr());
    };
  }

  private static boolean sameValue(Dump.Line ours, String theirs) {
    String text = theirs;
    if (text.startsWith("(no value available)") || text.startsWith("(Sequence")) {
      return ours.value().isEmpty();
    }
    if (ours.length() < 0) {
      return true;
    }
    boolean cut = text.endsWith("...");
    if (cut) {
      text = text.substring(0, text.length() - 3);
    }
    boolean string = text.startsWith("[");
    if (string) {
      text = text.substring(1, text.length() - (cut ? 0 : 1));
    }
    if (!cut) {
      text = text.replaceAll("( |\\\\000)+$", "");
    }
    if (Set.of("FL", "FD", "OF", "OD").contains(ours.vr())) {
      return sameNumbers(ours, text, cut);
    }
    String mine = ours.value();
    return cut || text.length() >= Dump.LONGEST ? mine.startsWith(text) : mine.equals(text);
  }

  private static boolean sameNumbers(Dump.Line ours, String text, boolean cut) {
    String[] mine = ours.value().split("\\\\");
    String[] other = text.split("\\\\");
    int n = cut ? other.length - 1 : other.length;
    boolean silentlyCut = text.length() > 50 && n < mine.length;
    if (!cut && !silentlyCut && mine.length != n) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      double a = Double.parseDouble(mine[i]);
      String printed = other[i].replace("inf", "Infinity").replaceAll("-?nan", "NaN");
      double b =
          ours.vr().equals("FL") || ours.vr().equals("OF")
              ? Double.parseDouble(Float.toString(Float.parseFloat(printed)))
              : Double.parseDouble(printed);
      // the last of the 17 digits that dcmdump prints is not always right
      if (a != b
          && Math.abs(a - b) > 1e-15 * Math.abs(a)
          && !(Double.isNaN(a) && Double.isNaN(b))) {
        return false;
      }
    }
    return true;
  }

  private static Output dcmdump(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("/usr/bin/dcmdump", "-q", "-dc", "-Un", "+Qo", file.toString()).start();
    String text;
    try (InputStream out = process.getInputStream()) {
      text = new String(out.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Output(process.exitValue() == 0, parse(text));
  }

  private static List<Dump.Line> parse(String text) {
    List<Dump.Line> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (!line.strip().startsWith("(")) {
        continue;
      }
      Matcher m = LINE.matcher(line);
      assertThat(m.matches()).as(line).isTrue();
      String tag = m.group(2) + "," + m.group(3);
      if (tag.equals("fffe,e00d") || tag.equals("fffe,e0dd")) {
        continue;
      }
      long length = m.group(6).equals("u/l") ? -1 : Long.parseLong(m.group(6));
      lines.add(new Dump.Line(m.group(1).length() / 2, tag, m.group(4), length, m.group(5)));
    }
    return lines;
  }
}
