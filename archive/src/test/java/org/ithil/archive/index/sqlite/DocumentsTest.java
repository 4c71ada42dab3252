package org.ithil.archive.index.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  @Test
  void read_what_they_write() {
    Map<Integer, String> texts = new LinkedHashMap<>();
    texts.put(0x00100010, "Buc^Jérôme");
    texts.put(1, "");
    texts.put(0xfffee000, "x".repeat(100_000));
    texts.put(127, "漢字");
    texts.put(128, "\0\\\n");
    assertThat(Documents.read(Documents.write(texts))).containsExactlyEntriesOf(texts);
    assertThat(Documents.read(Documents.write(Map.of()))).isEmpty();
  }

  @Test
  void are_compact() {
    assertThat(Documents.write(Map.of(9, "ab"))).containsExactly(9, 2, 'a', 'b');
  }
}
