package org.ithil.services;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import org.ithil.archive.Archive;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.resource.Level;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dicom.text.DefaultEncoding;
import org.ithil.dimse.association.WireLimits;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.scp.ServerSettings;
import org.ithil.dimse.scu.AssociationRequest;
import org.ithil.dimse.scu.ClientAssociation;
import org.ithil.services.access.AccessRules;
import org.ithil.services.modality.Modalities;
import org.ithil.services.storage.StorageAcceptance;
import org.ithil.services.storage.StorageRules;

/** An application entity with an archive of its own, on a free port. */
final class OpenEntity implements AutoCloseable {
  static final String VERIFICATION = "1.2.840.10008.1.1";
  static final String MR = "1.2.840.10008.5.1.4.1.1.4";
  static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  static final String FIND = "1.2.840.10008.5.1.4.1.2.2.1";
  static final String COMMITMENT = "1.2.840.10008.1.20.1";
  static final String EXPLICIT = "1.2.840.10008.1.2.1";
  static final String IMPLICIT = "1.2.840.10008.1.2";
  static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";
  static final String DEFLATED = "1.2.840.10008.1.2.1.99";

  final Archive archive;
  final Modalities modalities = new Modalities(Map.of());
  final StorageAcceptance acceptance = new StorageAcceptance(StorageRules.DEFAULT);
  private final ApplicationEntity entity;

  OpenEntity(Path folder, AccessRules access) throws IOException {
    this(ArchiveConfiguration.in(folder), access);
  }

  OpenEntity(ArchiveConfiguration configuration, AccessRules access) throws IOException {
    this(configuration, access, spool -> spool);
  }

  /**
   * @param around puts something between the network and the spool of the archive
   */
  OpenEntity(ArchiveConfiguration configuration, AccessRules access, UnaryOperator<Spool> around)
      throws IOException {
    archive =
        Archive.open(
            configuration,
            Archive.Surroundings.usual(new DefaultCharacterSet(DefaultEncoding.LATIN1)));
    Spool spool = around.apply(archive.spool());
    ServerSettings listening =
        new ServerSettings(
            0, 4, 100, Duration.ofSeconds(20), 100, Duration.ofSeconds(5), WireLimits.DEFAULT);
    entity =
        ApplicationEntity.start(
            new DicomConfiguration("OWN", false, listening, access, StorageRules.DEFAULT),
            modalities,
            acceptance,
            spool,
            archive.ingest(),
            ServerSocketFactory.getDefault());
  }

  int port() {
    return entity.port();
  }

  long instances() {
    return archive.index().read(reader -> reader.count(Level.INSTANCE));
  }

  /** An association of CALLER with these contexts, numbered 1, 3, 5 and so on. */
  ClientAssociation associate(List<ProposedContext> contexts) throws IOException {
    return ClientAssociation.open(
        AssociationRequest.of("localhost", port(), "CALLER", "OWN", contexts),
        SocketFactory.getDefault());
  }

  ClientAssociation associate(String abstractSyntax, String... transferSyntaxes)
      throws IOException {
    return associate(List.of(new ProposedContext(1, abstractSyntax, List.of(transferSyntaxes))));
  }

  static byte[] encoded(DataSet dataSet, String transferSyntax) throws IOException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    DicomWriter.writeDataSet(
        dataSet, TransferSyntax.of(transferSyntax), ByteSource.of(new byte[0]), out);
    return out.toByteArray();
  }

  @Override
  public void close() {
    entity.close();
    archive.close();
  }
}
