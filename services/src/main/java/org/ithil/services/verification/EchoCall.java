package org.ithil.services.verification;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.dictionary.Uid;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dimse.association.Incoming;
import org.ithil.dimse.association.PresentationContext;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.Priority;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.scu.ClientAssociation;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityAssociation;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.modality.ModalityException;

/** Verification SCU, PS3.4 A: whether a modality answers, and answers queries if that is wanted. */
public final class EchoCall {
  private static final String FIND = "C-FIND";
  private static final List<String> SYNTAXES =
      List.of(Uid.ExplicitVRLittleEndian, Uid.ImplicitVRLittleEndian, Uid.ExplicitVRBigEndian);
  private static final List<String> ECHO_CLASSES = List.of(Uid.Verification);
  private static final List<String> FIND_CLASSES =
      List.of(
          Uid.Verification,
          Uid.PatientRootQueryRetrieveInformationModelFind,
          Uid.StudyRootQueryRetrieveInformationModelFind,
          Uid.ModalityWorklistInformationModelFind);

  private final ModalityClient client;
  private final DefaultCharacterSet encoding;
  private final Supplier<String> uids;

  /**
   * @param uids makes new UIDs
   */
  public EchoCall(ModalityClient client, DefaultCharacterSet encoding, Supplier<String> uids) {
    this.client = client;
    this.encoding = encoding;
    this.uids = uids;
  }

  /** Our usual title. */
  public String usualAet() {
    return client.rules().aet();
  }

  /**
   * Asks a modality whether it is there.
   *
   * @param checkFind whether it is also asked for a study that cannot be there
   * @throws ModalityException if it does not answer as it should
   */
  public void perform(Modality modality, ModalityClient.Call call, boolean checkFind)
      throws IOException {
    List<String> classes = checkFind ? FIND_CLASSES : ECHO_CLASSES;
    try (ModalityAssociation association =
        client.open(
            modality,
            call,
            IntStream.range(0, classes.size())
                .mapToObj(i -> new ProposedContext(2 * i + 1, classes.get(i), SYNTAXES))
                .toList())) {
      association.echo();
      if (checkFind) {
        PresentationContext context =
            association
                .context(Uid.StudyRootQueryRetrieveInformationModelFind)
                .orElseThrow(() -> new ModalityException.NotServed(modality, FIND));
        byte[] keys = keys(modality, context);
        Status status = association.during(FIND, over -> find(over, context, keys));
        association.check(FIND, status);
      }
      association.release();
    }
  }

  /** The last status. */
  private static Status find(ClientAssociation over, PresentationContext context, byte[] keys)
      throws IOException {
    Command.CFindRq request =
        new Command.CFindRq(over.nextMessageId(), context.abstractSyntax(), Priority.MEDIUM);
    over.send(context, request, out -> out.write(keys));
    while (true) {
      Incoming incoming = over.receive();
      if (incoming.command() instanceof Command.Response response
          && response.respondsTo() == request.messageId()
          && response.status().category() != Status.Category.PENDING) {
        return response.status();
      }
    }
  }

  private byte[] keys(Modality modality, PresentationContext context) throws IOException {
    String any = modality.manufacturer() == Modality.Manufacturer.GE ? "*" : "";
    DataSet.Builder keys = new DataSet.Builder();
    put(keys, Tag.SpecificCharacterSet, String.join("\\", encoding.encoding().declared().terms()));
    put(keys, Tag.AccessionNumber, any);
    put(keys, Tag.QueryRetrieveLevel, "STUDY");
    put(keys, Tag.PatientID, any);
    put(keys, Tag.StudyInstanceUID, uids.get());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeDataSet(
        keys.build(), context.transferSyntax(), ByteSource.of(new byte[0]), out);
    return out.toByteArray();
  }

  private static void put(DataSet.Builder keys, int tag, String text) {
    Vr vr = Dictionary.vrOf(tag);
    keys.put(new Element(tag, vr, new Value.Bytes(text.getBytes(StandardCharsets.US_ASCII))));
  }
}
