package org.ithil.services.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityClient;
import org.junit.jupiter.api.Test;

/** Which queries are kept. */
class QueriesTest {
  @Test
  void the_one_not_used_for_longest_goes_first() {
    Queries queries = new Queries(new QueryRules(2, 1 << 20));
    Query first = query(1, 1);
    Query second = query(2, 1);
    Query third = query(3, 1);
    queries.add(first);
    queries.add(second);
    assertThat(queries.get(first.id())).contains(first);
    queries.add(third);
    assertThat(queries.ids()).containsExactly(first.id(), third.id());
    queries.remove(first.id());
    queries.remove(first.id());
    assertThat(queries.ids()).containsExactly(third.id());
  }

  @Test
  void answers_together_have_a_limit() {
    Queries queries = new Queries(new QueryRules(100, 10_000));
    queries.add(query(1, 20));
    queries.add(query(2, 20));
    assertThat(queries.ids()).hasSize(2);
    queries.add(query(3, 20));
    assertThat(queries.ids()).hasSize(2).doesNotContain(new UUID(0, 1));
    queries.remove(new UUID(0, 2));
    queries.add(query(4, 20));
    assertThat(queries.ids()).containsExactly(new UUID(0, 3), new UUID(0, 4));
    queries.add(query(5, 2000));
    assertThat(queries.ids()).as("the last one stays").containsExactly(new UUID(0, 5));
  }

  @Test
  void none_may_be_kept() {
    Queries queries = new Queries(new QueryRules(0, 1000));
    queries.add(query(1, 1));
    assertThat(queries.ids()).isEmpty();
  }

  /** 180 bytes an answer. */
  private static Query query(long number, int answers) {
    DataSet answer =
        DataSet.of(
            List.of(new Element(Tag.PatientComments, Vr.LT, new Value.Bytes(new byte[100]))));
    return new Query(
        new UUID(0, number),
        "remote",
        Modality.of("REMOTE", "localhost", 104),
        ModalityClient.Call.USUAL,
        new QueryKeys(Level.PATIENT, new TreeMap<>()),
        Collections.nCopies(answers, answer));
  }
}
