package org.ithil.web.modification;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.dictionary.UidDictionary;
import org.ithil.dicom.dictionary.UidEntry;
import org.ithil.dicom.edit.Edit;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.io.DicomFile;
import org.ithil.services.transcoding.Transcoding;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;

/** The answer that is an edited instance, written while it is sent. */
final class EditedAnswer {
  private static final String DICOM = "application/dicom";

  private final Retrieval retrieval;
  private final Transcoding transcoding;

  EditedAnswer(Retrieval retrieval, Transcoding transcoding) {
    this.retrieval = retrieval;
    this.transcoding = transcoding;
  }

  /** A secret of 32 random bytes. */
  static byte[] key(Supplier<UUID> uuids) {
    ByteBuffer key = ByteBuffer.allocate(32);
    for (int i = 0; i < 2; i++) {
      UUID random = uuids.get();
      key.putLong(random.getMostSignificantBits()).putLong(random.getLeastSignificantBits());
    }
    return key.array();
  }

  /**
   * Edits an instance.
   *
   * @param syntax UID of the transfer syntax that is asked for, if any
   * @throws ApiException if there is no such instance or syntax, or it cannot be written in it
   */
  Answer of(ResourceId instance, Edit edit, Optional<String> syntax) throws IOException {
    syntax.ifPresent(EditedAnswer::requireSyntax);
    Retrieval.OpenInstance open =
        retrieval.dataSet(instance).orElseThrow(ApiException::unknownResource);
    Answer answer = null;
    try {
      DicomFile file = open.file();
      Edit.Edited edited = edit.apply(file);
      TransferSyntax as = edited.syntax(file.transferSyntax());
      if (syntax.isPresent() && !syntax.get().equals(as.uid())) {
        return transcoded(edited, as, syntax.get());
      }
      answer =
          Answer.stream(out -> edited.write(file.transferSyntax(), out), -1, DICOM)
              .holding(open::close);
      return answer;
    } finally {
      if (answer == null) {
        open.close();
      }
    }
  }

  private static void requireSyntax(String uid) {
    UidEntry entry = UidDictionary.entry(uid);
    if (entry == null || entry.type() != UidEntry.Type.TRANSFER_SYNTAX) {
      throw ApiException.of(ErrorCode.PARAMETER_OUT_OF_RANGE, "Unknown transfer syntax: " + uid);
    }
  }

  private Answer transcoded(Edit.Edited edited, TransferSyntax as, String wanted)
      throws IOException {
    SpooledFile spooled =
        transcoding
            .transcode(file(edited, as), wanted)
            .orElseThrow(() -> ApiException.of(ErrorCode.NOT_IMPLEMENTED));
    try {
      return Answer.file(spooled.channel(0, spooled.size()), spooled.size(), DICOM)
          .holding(spooled::close);
    } catch (IOException | RuntimeException e) {
      spooled.close();
      throw e;
    }
  }

  private static DicomFile file(Edit.Edited edited, TransferSyntax syntax) {
    OptionalInt pixels = OptionalInt.empty();
    for (int tag : new int[] {Tag.PixelData, Tag.DoubleFloatPixelData, Tag.FloatPixelData}) {
      pixels = edited.dataSet().contains(tag) ? OptionalInt.of(tag) : pixels;
    }
    return new DicomFile(
        DataSet.EMPTY,
        edited.dataSet(),
        syntax,
        0,
        OptionalLong.empty(),
        pixels,
        edited.values(),
        true);
  }
}
