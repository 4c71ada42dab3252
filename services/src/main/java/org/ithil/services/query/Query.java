package org.ithil.services.query;

import java.util.List;
import java.util.UUID;
import org.ithil.dicom.data.DataSet;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityClient;

/**
 * A query that was answered.
 *
 * @param id its identifier
 * @param name the symbolic name of who was asked
 * @param modality who was asked, as it was then
 * @param call how it was asked
 * @param keys what was asked, before any change for the sake of the modality
 * @param answers what was found, in the order of the answers: elements in memory, without
 *     sequences, in the default character set or UTF-8, as they declare
 */
public record Query(
    UUID id,
    String name,
    Modality modality,
    ModalityClient.Call call,
    QueryKeys keys,
    List<DataSet> answers) {
  public Query {
    answers = List.copyOf(answers);
  }
}
