package org.ithil.web.system;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.ingest.IngestRules;
import org.ithil.archive.resource.Level;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/** {@code /system}. */
public final class SystemRoutes {
  /** The version of the reference's API that this server follows. */
  private static final int API_VERSION = 31;

  /** The version of the reference's database schema: clients only look whether it is there. */
  private static final int DATABASE_VERSION = 6;

  private final SystemInformation information;
  private final ArchiveConfiguration archive;

  public SystemRoutes(SystemInformation information, ArchiveConfiguration archive) {
    this.information = information;
    this.archive = archive;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(Route.get("/system", this::system));
  }

  private Answer system(Request request) {
    IngestRules rules = archive.ingest();
    return Answer.json(json -> {
      json.beginObject()
          .member("ApiVersion", API_VERSION)
          .name("Capabilities")
          .beginObject()
          .member("HasExtendedChanges", true)
          .member("HasExtendedFind", true)
          .member("HasKeyValueStores", true)
          .member("HasQueues", true)
          .member("HasReserveQueueValue", true)
          .endObject()
          .member("CheckRevisions", information.checkRevisions())
          .member("DatabaseBackendPlugin", (String) null)
          .member("DatabaseServerIdentifier", information.databaseServerIdentifier())
          .member("DatabaseVersion", DATABASE_VERSION)
          .member("DicomAet", information.dicomAet())
          .member("DicomDefaultRetrieveMethod", information.retrieveMethod())
          .member("DicomPort", information.dicomPort())
          .member("HasLabels", true)
          .member("HttpPort", information.httpPort())
          .member("IngestTranscoding", information.ingestTranscoding())
          .member("IsHttpServerSecure", information.secure())
          .name("MainDicomTags")
          .beginObject();
      for (Level level : List.of(Level.INSTANCE, Level.PATIENT, Level.SERIES, Level.STUDY)) {
        json.member(level.type(), rules.mainTags().signature(level));
      }
      json.endObject()
          .member("MaximumPatientCount", rules.maximumPatientCount())
          .member("MaximumStorageMode", rules.recycle() ? "Recycle" : "Reject")
          .member("MaximumStorageSize", rules.maximumStorageSize() >> 20)
          .member("Name", information.name())
          .member("OverwriteInstances", rules.overwrite() != IngestRules.Overwrite.NEVER)
          .member(
              "OverwriteInstancesMode",
              switch (rules.overwrite()) {
                case NEVER -> "Never";
                case ALWAYS -> "Always";
                case IF_CHANGED -> "IfChanged";
              })
          .member("PatientLevelEnabled", information.patientLevel())
          .name("Performance")
          .beginObject();
      for (Map.Entry<String, Long> entry : information.performance().entrySet()) {
        json.member(entry.getKey(), entry.getValue());
      }
      json.endObject()
          .member("PluginsEnabled", true)
          .member("ReadOnly", information.readOnly())
          .member("StorageAreaPlugin", (String) null)
          .member("StorageCompression", archive.compressStorage())
          .member("StoreMD5ForAttachments", rules.storeMd5())
          .member("ThirdPartyPatches", List.of())
          .name("ThirdPartyVersions")
          .beginObject();
      for (Map.Entry<String, String> entry : information.libraries().entrySet()) {
        json.member(entry.getKey(), entry.getValue());
      }
      json.endObject().name("UserMetadata").beginObject();
      TreeMap<String, Integer> metadata = new TreeMap<>(information.userMetadata());
      information.userMetadata().values().forEach(n -> metadata.put(n.toString(), n));
      for (Map.Entry<String, Integer> entry : metadata.entrySet()) {
        json.member(entry.getKey(), entry.getValue());
      }
      json.endObject().member("Version", information.version()).endObject();
    });
  }
}
