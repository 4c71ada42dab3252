package org.ithil.server.configuration;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ithil.archive.json.JsonValue;
import org.ithil.dicom.dictionary.UidDictionary;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dimse.association.WireLimits;
import org.ithil.dimse.scp.ServerSettings;
import org.ithil.services.DicomConfiguration;
import org.ithil.services.access.AccessRules;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.modality.Operation;
import org.ithil.services.query.QueryRules;
import org.ithil.services.sending.SendingRules;
import org.ithil.services.storage.StorageRules;
import org.ithil.services.storage.StorageRules.SyntaxGroup;

/** The keys of the DICOM network. */
final class DicomKeys {
  private static final int DAY = 86_400;
  private static final int LEAST_PDU = 4096;
  private static final int MOST_PDU = 131_072;
  private static final int MOST_ASSOCIATIONS = 10_000;

  /** More than a request with all 128 presentation contexts needs. */
  private static final int LEAST_ASSOCIATION = 64;

  private static final int MOST_AHEAD = 1000;
  private static final int MOST_KILOBYTES = 1 << 20;

  private DicomKeys() {}

  static DicomConfiguration dicom(Section root) {
    String aet = root.text("DicomAet");
    ServerSettings listening = listening(root);
    AccessRules access = access(root);
    StorageRules storage = storage(root);
    try {
      return new DicomConfiguration(aet, false, listening, access, storage);
    } catch (IllegalArgumentException e) {
      throw root.error(
          "DicomAet",
          "must have 1 to 16 characters, no backslash and no control characters, is \""
              + aet
              + '"');
    }
  }

  private static ServerSettings listening(Section root) {
    Section own = root.section("Ithil");
    WireLimits limits =
        new WireLimits(
            root.integer("MaximumPduLength", LEAST_PDU, MOST_PDU),
            own.integer("DicomAssociationSizeKB", LEAST_ASSOCIATION, MOST_KILOBYTES) << 10,
            own.integer("DicomCommandSizeKB", 1, MOST_KILOBYTES) << 10,
            Duration.ofSeconds(root.integer("DicomScpTimeout", 0, DAY)),
            Duration.ofSeconds(own.integer("DicomCommandTime", 1, DAY)),
            own.integer("DicomMinimumRate", 0, Integer.MAX_VALUE),
            Duration.ofSeconds(own.integer("DicomArtim", 1, DAY)));
    return new ServerSettings(
        root.integer("DicomPort", 0, Section.HIGHEST_PORT),
        root.integer("DicomThreadsCount", 1, MOST_ASSOCIATIONS),
        own.integer("DicomWaitingAssociations", 0, MOST_ASSOCIATIONS),
        Duration.ofSeconds(own.integer("DicomWaitingTime", 1, DAY)),
        own.integer("DicomConnections", 1, Integer.MAX_VALUE),
        Duration.ofSeconds(own.integer("DicomStopTimeout", 0, DAY)),
        limits);
  }

  /** How others are called. */
  static ModalityClient.Rules calling(Section root, DicomConfiguration dicom) {
    return new ModalityClient.Rules(
        dicom.aet(),
        Duration.ofSeconds(root.integer("DicomScuTimeout", 0, DAY)),
        dicom.listening().limits());
  }

  /** How instances are sent to others. */
  static SendingRules sending(Section root, ReadOptions reading) {
    String preferred = root.text("DicomScuPreferredTransferSyntax");
    if (UidDictionary.transferSyntaxes().stream().noneMatch(e -> e.uid().equals(preferred))) {
      throw root.error(
          "DicomScuPreferredTransferSyntax", "there is no transfer syntax " + preferred);
    }
    return new SendingRules(
        root.flag("TranscodeDicomProtocol"),
        preferred,
        root.integer("SequentialDicomReaderWindowSize", 0, MOST_AHEAD),
        (long) root.integer("SequentialDicomReaderWindowCapacity", 0, Integer.MAX_VALUE) << 20,
        PackingKeys.readers(root),
        reading);
  }

  /** How much of queries is kept. */
  static QueryRules queries(Section root) {
    return new QueryRules(
        root.integer("QueryRetrieveSize", 0, Integer.MAX_VALUE),
        (long) root.section("Ithil").integer("QuerySizeMB", 1, MOST_KILOBYTES) << 20);
  }

  private static AccessRules access(Section root) {
    Set<Operation> everybody = EnumSet.noneOf(Operation.class);
    // Also those of services to come: whether callers are checked at all depends on all of them.
    for (Operation operation : EnumSet.range(Operation.ECHO, Operation.MOVE)) {
      if (root.flag("DicomAlwaysAllow" + operation.key())) {
        everybody.add(operation);
      }
    }
    return new AccessRules(
        root.flag("DicomCheckCalledAet"),
        root.flag("DicomCheckModalityHost"),
        root.flag("StrictAetComparison"),
        everybody);
  }

  private static StorageRules storage(Section root) {
    Map<SyntaxGroup, Boolean> groups = new EnumMap<>(SyntaxGroup.class);
    for (SyntaxGroup group : SyntaxGroup.values()) {
      root.optionalFlag(group.key()).ifPresent(accepted -> groups.put(group, accepted));
    }
    List<String> older = root.texts("RejectSopClasses");
    return new StorageRules(
        transferSyntaxes(root),
        groups,
        root.texts("AcceptedSopClasses"),
        root.optionalTexts("RejectedSopClasses").orElse(older),
        root.flag("UnknownSopClassAccepted"));
  }

  /** One pattern may stand without brackets. */
  private static Optional<List<String>> transferSyntaxes(Section root) {
    return root.value("AcceptedTransferSyntaxes") instanceof JsonValue.Text(String pattern)
        ? Optional.of(List.of(pattern))
        : root.optionalTexts("AcceptedTransferSyntaxes");
  }
}
