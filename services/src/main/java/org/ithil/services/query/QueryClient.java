package org.ithil.services.query;

import java.io.IOException;
import java.util.List;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.dictionary.Uid;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.modality.ModalityException;

/** Asks modalities what they have. Safe for concurrent use. */
public final class QueryClient {
  /** How the contexts of queries are proposed. */
  private static final List<String> SYNTAXES =
      List.of("1.2.840.10008.1.2.1", "1.2.840.10008.1.2", "1.2.840.10008.1.2.2");

  private final ModalityClient client;
  private final Identifier identifier;
  private final AnswerReader answers;
  private final long limit;

  /**
   * @param reading how answers are read
   * @param encoding the character set of requests, and of answers that declare none
   * @param limit most bytes that the answers to one query may have
   */
  public QueryClient(
      ModalityClient client, ReadOptions reading, DefaultCharacterSet encoding, long limit) {
    this.client = client;
    this.identifier = new Identifier(reading.dictionary(), encoding);
    this.answers = new AnswerReader(reading, encoding);
    this.limit = limit;
  }

  /** Makes the identifiers of its requests. */
  public Identifier identifier() {
    return identifier;
  }

  /**
   * Makes an association for queries.
   *
   * @throws ModalityException if none is made
   */
  public Finder open(Modality modality, ModalityClient.Call call) throws IOException {
    try {
      return finder(
          modality,
          call,
          Uid.PatientRootQueryRetrieveInformationModelFind,
          Uid.StudyRootQueryRetrieveInformationModelFind);
    } catch (ModalityException.NothingAccepted e) {
      throw new ModalityException.NotServed(modality, Finder.OPERATION);
    }
  }

  /**
   * Makes an association for queries of a worklist.
   *
   * @throws ModalityException if none is made
   */
  public Finder openWorklist(Modality modality, ModalityClient.Call call) throws IOException {
    return finder(modality, call, Uid.ModalityWorklistInformationModelFind);
  }

  private Finder finder(Modality modality, ModalityClient.Call call, String... sopClasses)
      throws IOException {
    return new Finder(
        client.open(modality, call, contexts(sopClasses)), identifier, answers, limit);
  }

  /** Contexts for some SOP classes, in the syntaxes for what is no image. */
  public static List<ProposedContext> contexts(String... sopClasses) {
    List<ProposedContext> contexts = new java.util.ArrayList<>();
    for (String sopClass : sopClasses) {
      contexts.add(new ProposedContext(2 * contexts.size() + 1, sopClass, SYNTAXES));
    }
    return contexts;
  }
}
