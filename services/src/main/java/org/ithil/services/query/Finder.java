package org.ithil.services.query;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Uid;
import org.ithil.dimse.association.PresentationContext;
import org.ithil.dimse.message.Status;
import org.ithil.services.modality.ModalityAssociation;
import org.ithil.services.modality.ModalityException;

/**
 * An association over which a modality is asked, one query after the other. For one thread. {@link
 * #release} ends it in good order, {@link #close} alone aborts it.
 */
public final class Finder implements Closeable {
  static final String OPERATION = "C-FIND";

  private final ModalityAssociation association;
  private final Identifier identifier;
  private final AnswerReader reader;
  private final long limit;

  Finder(ModalityAssociation association, Identifier identifier, AnswerReader reader, long limit) {
    this.association = association;
    this.identifier = identifier;
    this.reader = reader;
    this.limit = limit;
  }

  /**
   * Asks for resources of a level: at the patient level in the Patient Root model, else in the
   * Study Root model.
   *
   * @return elements of the answers; see {@link Query#answers}
   * @throws ModalityException if the modality does not answer to the end
   * @throws IllegalArgumentException if a key is no value of its tag; nothing is sent then
   */
  public List<DataSet> find(QueryKeys keys) throws IOException {
    String model =
        keys.level() == Level.PATIENT
            ? Uid.PatientRootQueryRetrieveInformationModelFind
            : Uid.StudyRootQueryRetrieveInformationModelFind;
    List<DataSet> answers = new ArrayList<>();
    ask(model, identifier.of(keys), (bytes, context) -> answers.add(reader.flat(bytes, context)));
    return List.copyOf(answers);
  }

  /**
   * Asks for items of a worklist.
   *
   * @return the answers, in a character set that has all of their letters, without private elements
   *     that nobody knows
   * @throws ModalityException if the modality does not answer to the end
   */
  public List<DataSet> findWorklist(DataSet query) throws IOException {
    List<DataSet> answers = new ArrayList<>();
    ask(
        Uid.ModalityWorklistInformationModelFind,
        query,
        (bytes, context) -> answers.add(reader.whole(bytes, context)));
    return List.copyOf(answers);
  }

  /** Takes the bytes of an answer. */
  private interface Taking {
    void take(byte[] bytes, PresentationContext context) throws IOException;
  }

  private void ask(String sopClass, DataSet query, Taking taking) throws IOException {
    PresentationContext context =
        association
            .context(sopClass)
            .orElseThrow(() -> new ModalityException.NotServed(association.modality(), OPERATION));
    long[] left = {limit};
    Status status =
        association.during(
            OPERATION,
            client ->
                client.find(
                    context,
                    out -> Identifier.write(query, context.transferSyntax(), out),
                    in -> taking.take(bytes(in, left), context)));
    association.check(OPERATION, status);
  }

  private byte[] bytes(InputStream in, long[] left) throws IOException {
    byte[] bytes = in.readNBytes((int) Math.min(left[0], Integer.MAX_VALUE - 8));
    left[0] -= bytes.length;
    if (left[0] == 0 && in.read() >= 0) {
      throw new ModalityException.TooManyAnswers(association.modality(), limit);
    }
    return bytes;
  }

  /** Releases the association. */
  public void release() {
    association.release();
  }

  /** Aborts the association if it still stands. */
  @Override
  public void close() {
    association.close();
  }
}
