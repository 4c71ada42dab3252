package org.ithil.services.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.ingest.Ingest;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.IngestOutcome;
import org.ithil.archive.ingest.Origin;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomFormatException;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dicom.io.FileMeta;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.dimse.association.Association;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.scp.DimseService;
import org.ithil.dimse.scp.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Storage as SCP, PS3.4 B. The data set goes from the wire straight to the spool, behind a new meta
 * header; its header is read there, and the archive takes the file.
 */
public final class StorageService implements DimseService {
  private static final Logger LOG = LoggerFactory.getLogger(StorageService.class);

  /** Fragments come in pieces of 16 kB as a rule; files are written in larger ones. */
  private static final int AT_ONCE = 64 << 10;

  private final Spool spool;
  private final Ingest ingest;

  public StorageService(Spool spool, Ingest ingest) {
    this.spool = spool;
    this.ingest = ingest;
  }

  @Override
  public boolean serves(Command.Request request) {
    return request instanceof Command.CStoreRq;
  }

  @Override
  public void serve(Exchange exchange) throws IOException {
    if (!(exchange.request() instanceof Command.CStoreRq request)) {
      throw new IllegalArgumentException("no C-STORE-RQ");
    }
    Status status = store(exchange, request);
    if (status.category() != Status.Category.SUCCESS) {
      LOG.warn(
          "instance {} of {} not stored: {}",
          request.sopInstance(),
          exchange.association().callingAet(),
          status);
    }
    exchange.respond(
        new Command.CStoreRsp(
            request.messageId(), request.sopClass(), request.sopInstance(), status, ""));
  }

  private Status store(Exchange exchange, Command.CStoreRq request) throws IOException {
    SpooledFile file;
    try {
      file = spooled(exchange, request);
    } catch (DimseException e) {
      throw e;
    } catch (IOException e) {
      LOG.error("cannot spool an instance: {}", e.toString());
      return Status.OUT_OF_RESOURCES;
    }
    try (file) {
      return keep(file, exchange, request);
    }
  }

  private SpooledFile spooled(Exchange exchange, Command.CStoreRq request) throws IOException {
    DataSet meta =
        FileMeta.of(
            request.sopClass(), request.sopInstance(), exchange.context().transferSyntax().uid());
    try (Spool.Writer out = spool.open()) {
      OutputStream gathered = new BufferedOutputStream(out, AT_ONCE);
      DicomWriter.writeMeta(meta, gathered);
      exchange.dataSet().transferTo(gathered);
      gathered.flush();
      return out.finish();
    }
  }

  private Status keep(SpooledFile file, Exchange exchange, Command.CStoreRq request)
      throws IOException {
    DicomFile read;
    try {
      read = ingest.read(file);
    } catch (DicomFormatException e) {
      Status status = StatusMapping.of(e);
      if (status == null) {
        throw exchange.abort("a data set that cannot be read: " + e.getMessage());
      }
      return status;
    }
    String sopClass = uid(read.dataSet(), Tag.SOPClassUID);
    String sopInstance = uid(read.dataSet(), Tag.SOPInstanceUID);
    if (sopClass.isEmpty() || sopInstance.isEmpty()) {
      return Status.CANNOT_UNDERSTAND;
    }
    if (!sopClass.equals(request.sopClass()) || !sopInstance.equals(request.sopInstance())) {
      return Status.DATA_SET_MISMATCH;
    }
    Origin origin = origin(exchange.association());
    try {
      IngestOutcome outcome =
          ReceivedDataSet.isInOrder(read)
              ? ingest.ingest(file, read, origin)
              : ingest.ingest(ReceivedDataSet.rewritten(read, spool), origin);
      return StatusMapping.of(outcome);
    } catch (IngestException e) {
      LOG.warn("instance {}: {}", request.sopInstance(), e.getMessage());
      return StatusMapping.of(e);
    } catch (IOException e) {
      LOG.error("cannot rewrite an instance: {}", e.toString());
      return Status.OUT_OF_RESOURCES;
    }
  }

  private static Origin origin(Association association) {
    return new Origin.Dicom(
        association.peerAddress().getHostAddress(),
        association.callingAet(),
        association.calledAet());
  }

  /** As in commands: without padding and blanks; empty if it is absent. */
  private static String uid(DataSet dataSet, int tag) {
    Element element = dataSet.get(tag);
    return element == null ? "" : element.text(SpecificCharacterSet.ASCII).replace(" ", "");
  }
}
