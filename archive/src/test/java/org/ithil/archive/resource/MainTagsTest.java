package org.ithil.archive.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MainTagsTest {
  /** As the reference server's GET /system says it. */
  @Test
  void the_signatures_are_those_of_the_reference() {
    assertThat(MainTags.DEFAULT.signature(Level.PATIENT))
        .isEqualTo("0010,0010;0010,0020;0010,0030;0010,0040;0010,1000");
    assertThat(MainTags.DEFAULT.signature(Level.STUDY))
        .isEqualTo(
            "0008,0020;0008,0030;0008,0050;0008,0080;0008,0090;0008,0201;0008,1030;0010,1010;"
                + "0020,000d;0020,0010;0032,1032;0032,1060");
    assertThat(MainTags.DEFAULT.signature(Level.SERIES))
        .isEqualTo(
            "0008,0021;0008,0031;0008,0060;0008,0070;0008,0201;0008,1010;0008,103e;0008,1070;"
                + "0018,0010;0018,0015;0018,0024;0018,1030;0018,1090;0018,1400;0018,5100;0020,000e;"
                + "0020,0011;0020,0037;0020,0105;0020,1002;0040,0244;0040,0245;0040,0254;0040,0275;"
                + "0054,0081;0054,0101;0054,1000");
    assertThat(MainTags.DEFAULT.signature(Level.INSTANCE))
        .isEqualTo(
            "0008,0012;0008,0013;0008,0018;0020,0012;0020,0013;0020,0032;0020,0037;0020,0100;"
                + "0020,1041;0020,4000;0028,0008;0028,0010;0028,0011;0054,1330");
  }

  @Test
  void more_tags_are_added_in_their_place_and_known_ones_once() {
    MainTags tags =
        new MainTags(Map.of(Level.PATIENT, List.of(0x00101020, 0x00100021, 0x00100020)));
    assertThat(tags.signature(Level.PATIENT))
        .isEqualTo("0010,0010;0010,0020;0010,0021;0010,0030;0010,0040;0010,1000;0010,1020");
    assertThat(tags.contains(Level.PATIENT, 0x00101020)).isTrue();
    assertThat(tags.contains(Level.STUDY, 0x00101020)).isFalse();
  }
}
