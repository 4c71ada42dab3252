package org.ithil.server.configuration;

import java.util.List;
import java.util.Map;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.job.engine.JobRules;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.modification.ModificationRules;
import org.ithil.archive.packing.PackingRules;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dicom.text.DefaultEncoding;
import org.ithil.imaging.picture.PictureRules;
import org.ithil.services.DicomConfiguration;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.peer.OutgoingRules;
import org.ithil.services.peer.Peer;
import org.ithil.services.query.QueryRules;
import org.ithil.services.sending.SendingRules;
import org.ithil.services.transfer.TransferRules;
import org.ithil.web.WebConfiguration;

/**
 * What a configuration means, checked as a whole: one record for each module that has something to
 * choose.
 *
 * @param archive where and how objects are kept
 * @param jobs how jobs are run
 * @param packing how archives are packed
 * @param modification how jobs make instances of others
 * @param encoding the character set of data sets that declare none
 * @param reading how DICOM files are read: limits, and the tags there are
 * @param pictures how large pictures may be that pixels are made of
 * @param dicomServer whether there is a DICOM server
 * @param dicom how it behaves
 * @param modalities other application entities, by their names here
 * @param modalitiesInDatabase whether these are forgotten for those that clients have set
 * @param calling how we call them
 * @param sending how instances are sent to them
 * @param queries how much of what we asked others is kept
 * @param peering other servers of this kind, and how they are called
 * @param http whether there is an HTTP server
 * @param web how the REST API behaves
 * @param pages whether the browser application is served
 */
public record ServerConfiguration(
    ArchiveConfiguration archive,
    JobRules jobs,
    PackingRules packing,
    ModificationRules modification,
    DefaultEncoding encoding,
    ReadOptions reading,
    PictureRules pictures,
    boolean dicomServer,
    DicomConfiguration dicom,
    Map<String, Modality> modalities,
    boolean modalitiesInDatabase,
    ModalityClient.Rules calling,
    SendingRules sending,
    QueryRules queries,
    Peering peering,
    boolean http,
    WebConfiguration web,
    boolean pages) {
  /** The version of the reference server whose REST API this is. */
  public static final String REFERENCE_VERSION = "1.13.0";

  /**
   * Other servers of this kind.
   *
   * @param peers by their names here
   * @param inDatabase whether they live in the index instead (key {@code OrthancPeersInDatabase})
   * @param outgoing how they are called
   * @param transfers how the transfers accelerator works (section {@code Transfers})
   */
  public record Peering(
      Map<String, Peer> peers,
      boolean inDatabase,
      OutgoingRules outgoing,
      TransferRules transfers) {}

  /** The same for a server that does not take up the jobs of earlier ones. */
  public ServerConfiguration withoutEarlierJobs() {
    return new ServerConfiguration(
        archive,
        jobs.withoutEarlier(),
        packing,
        modification,
        encoding,
        reading,
        pictures,
        dicomServer,
        dicom,
        modalities,
        modalitiesInDatabase,
        calling,
        sending,
        queries,
        peering,
        http,
        web,
        pages);
  }

  /** The tags there are. */
  public Dictionary dictionary() {
    return reading.dictionary();
  }

  /** Keys that close a door which this version cannot close: a warning would not do. */
  private static final List<String> DOORS = List.of("SslEnabled", "DicomTlsEnabled", "ReadOnly");

  /**
   * Reads the meaning.
   *
   * @throws ConfigurationException for the first key that is wrong
   */
  public static ServerConfiguration of(Configuration configuration) {
    Section root = configuration.root();
    for (String door : DOORS) {
      if (new JsonValue.Flag(true).equals(root.shown(door))) {
        throw root.error(
            door, "is not supported by this version, which would leave open what this key closes");
      }
    }
    Dictionary dictionary = DictionaryKeys.dictionary(root);
    ReadOptions reading = ReadingKeys.reading(root, dictionary);
    ArchiveConfiguration archive = ArchiveKeys.archive(root, dictionary);
    DicomConfiguration dicom = DicomKeys.dicom(root);
    return new ServerConfiguration(
        archive,
        JobKeys.jobs(root),
        PackingKeys.packing(root),
        JobKeys.modification(root, archive),
        DictionaryKeys.defaultEncoding(root),
        reading,
        ReadingKeys.pictures(root),
        root.flag("DicomServerEnabled"),
        dicom,
        ModalityKeys.modalities(root),
        root.flag("DicomModalitiesInDatabase"),
        DicomKeys.calling(root, dicom),
        DicomKeys.sending(root, reading),
        DicomKeys.queries(root),
        PeerKeys.peering(root),
        root.flag("HttpServerEnabled"),
        WebKeys.web(root, archive, dicom),
        root.flag("OrthancExplorerEnabled"));
  }
}
