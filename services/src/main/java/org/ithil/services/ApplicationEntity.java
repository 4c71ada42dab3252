package org.ithil.services;

import java.io.IOException;
import java.util.List;
import javax.net.ServerSocketFactory;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.ingest.Ingest;
import org.ithil.dimse.scp.DimseServer;
import org.ithil.services.access.Access;
import org.ithil.services.modality.Modalities;
import org.ithil.services.storage.ReceptionListener;
import org.ithil.services.storage.StorageAcceptance;
import org.ithil.services.storage.StorageService;
import org.ithil.services.verification.VerificationService;

/**
 * Our application entity on the DICOM network, PS3.7 6: it listens for associations and serves
 * them. Closing it stops the listening and ends the associations.
 */
public final class ApplicationEntity implements AutoCloseable {
  private final DimseServer server;

  private ApplicationEntity(DimseServer server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @param acceptance what is stored; may be changed later
   * @param modalities who is known; may be changed later
   * @param listener hears of what is stored
   * @param sockets plain ones, or TLS
   * @throws IOException if the port is not free
   */
  public static ApplicationEntity start(
      DicomConfiguration configuration,
      Modalities modalities,
      StorageAcceptance acceptance,
      Spool spool,
      Ingest ingest,
      ReceptionListener listener,
      ServerSocketFactory sockets)
      throws IOException {
    Access access = new Access(configuration.aet(), configuration.access(), modalities);
    return new ApplicationEntity(
        DimseServer.start(
            configuration.listening(),
            new NetworkPolicy(access, acceptance, configuration.worklist()),
            List.of(new VerificationService(), new StorageService(spool, ingest, listener)),
            sockets));
  }

  /** The TCP port listened on. */
  public int port() {
    return server.port();
  }

  /** Number of associations being served now. */
  public int activeAssociations() {
    return server.activeAssociations();
  }

  @Override
  public void close() {
    server.close();
  }
}
