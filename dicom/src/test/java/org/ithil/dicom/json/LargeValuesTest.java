package org.ithil.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.dicom.xml.DicomXmlWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values that lie in a file come out as those in memory do, without being held. */
class LargeValuesTest {
  private static final String[] PARTS = {
    "a", "b c", "12", " ", "   ", "\t", "\\", "=", "^", "\r", "\n", "\"", "<&>", "\u0001", "王",
    "😀", "é"
  };

  @ParameterizedTest
  @EnumSource(names = {"PN", "UC", "UT", "LO", "IS", "DS", "UI"})
  void small_and_large_values_are_the_same(Vr vr) throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    for (int round = 0; round < 1500; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(9); i >= 0; i--) {
        text.append(PARTS[random.nextInt(PARTS.length)]);
      }
      text.append(round % 7 == 0 ? "\0x" : "");
      text.append(round % 5 == 0 ? " " : "");
      compare(vr, text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PN", "UC", "UT", "LO", "US", "FD", "AT", "SV", "OW"})
  void so_are_those_of_many_pieces(Vr vr) throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(6);
    StringBuilder text = new StringBuilder();
    while (text.length() < 300_000) {
      text.append(PARTS[random.nextInt(PARTS.length)].repeat(1 + random.nextInt(3)));
    }
    text.append("z".repeat(100_000)).append(" ".repeat(100_000)).append("z\\");
    text.append("\t ".repeat(400)).append(" ".repeat(100_000));
    compare(vr, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void compare(Vr vr, byte[] bytes) throws IOException {
    DataSet small = dataSet(vr, new Value.Bytes(bytes));
    DataSet large = dataSet(vr, new Value.Located(0, bytes.length, false));
    ByteSource values = ByteSource.of(bytes);
    for (boolean xml : new boolean[] {false, true}) {
      StringWriter expected = new StringWriter();
      StringWriter written = new StringWriter();
      write(small, values, xml, expected);
      write(large, values, xml, written);
      assertThat(written.toString()).isEqualTo(expected.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UT", "UC", "PN", "US", "FD"})
  void no_value_is_held_in_memory(Vr vr) throws Exception {
    long size = 40L << 20;
    DataSet large = dataSet(vr, new Value.Located(0, size, false));
    Peak peak = new Peak();
    write(large, new Repeated(size), false, peak);
    write(large, new Repeated(size), true, peak);
    assertThat(peak.characters).isGreaterThan(size / 4);
    // Everything that is taken at once comes from one piece.
    assertThat(peak.largest).isLessThan(20L << 20);
  }

  private static DataSet dataSet(Vr vr, Value value) {
    return DataSet.of(List.of(new Element(0x0040a160, vr, value)));
  }

  private static void write(DataSet dataSet, ByteSource values, boolean xml, Writer out)
      throws IOException {
    BulkData shown = (path, element) -> new BulkData.Shown.Values();
    if (xml) {
      new DicomXmlWriter(
              values, shown, Dictionary.withPrivateTags(), DicomXmlWriter.Dialect.REFERENCE)
          .write(dataSet, SpecificCharacterSet.UTF_8, out);
    } else {
      new DicomJsonWriter(values, shown).write(dataSet, SpecificCharacterSet.UTF_8, out);
    }
  }

  /** Letters without end, none of them kept. */
  private record Repeated(long size) implements ByteSource {
    @Override
    public void read(long offset, byte[] into, int at, int length) throws IOException {
      requireInside(offset, length);
      Arrays.fill(into, at, at + length, (byte) 'A');
    }
  }

  /** Counts characters, and the most bytes that were allocated between two writings. */
  private static final class Peak extends Writer {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long characters;
    long largest;
    private long before = THREADS.getCurrentThreadAllocatedBytes();

    @Override
    public void write(char[] text, int from, int length) {
      long now = THREADS.getCurrentThreadAllocatedBytes();
      largest = Math.max(largest, now - before);
      before = now;
      characters += length;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
