package org.ithil.services.sending;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ithil.dicom.dictionary.Uid;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.services.sending.Outgoing.Need;

/**
 * The presentation contexts of one association: for each SOP class one for each transfer syntax
 * that its instances have, one for explicit and one for other uncompressed ones. What finds no
 * place among the 128 waits for the next association; places left go to common classes, as peers
 * are used to from the reference.
 */
final class ContextPlan {
  private static final int MOST = 128;

  /** As many as the reference proposes. */
  private static final int USUAL = 126;

  private static final String EXPLICIT = Uid.ExplicitVRLittleEndian;
  private static final List<String> OTHERS =
      List.of(Uid.ImplicitVRLittleEndian, Uid.ExplicitVRBigEndian);

  private static final List<String> COMMON =
      List.of(
          Uid.ComputedRadiographyImageStorage,
          Uid.DigitalXRayImageStorageForPresentation,
          Uid.DigitalMammographyXRayImageStorageForPresentation,
          Uid.EncapsulatedPDFStorage,
          Uid.GrayscaleSoftcopyPresentationStateStorage,
          Uid.XRayAngiographicImageStorage,
          Uid.XRayRadiofluoroscopicImageStorage,
          Uid.PositronEmissionTomographyImageStorage,
          Uid.CTImageStorage,
          Uid.EnhancedCTImageStorage,
          Uid.NuclearMedicineImageStorage,
          Uid.UltrasoundMultiFrameImageStorage,
          Uid.MRImageStorage,
          Uid.EnhancedMRImageStorage,
          Uid.RTImageStorage,
          Uid.RTDoseStorage,
          Uid.RTStructureSetStorage,
          Uid.RTPlanStorage,
          Uid.UltrasoundImageStorage,
          Uid.RawDataStorage,
          Uid.SegmentationStorage,
          Uid.SecondaryCaptureImageStorage,
          Uid.BasicTextSRStorage,
          Uid.EnhancedSRStorage,
          Uid.ComprehensiveSRStorage,
          Uid.KeyObjectSelectionDocumentStorage,
          Uid.XRayRadiationDoseSRStorage);

  private final Set<Need> covered = new HashSet<>();
  private final List<ProposedContext> contexts = new ArrayList<>();

  /**
   * @param needs in the order of their importance; the first one always finds a place
   */
  ContextPlan(Collection<Need> needs) {
    Map<String, Set<String>> own = new LinkedHashMap<>();
    int places = 0;
    for (Need need : needs) {
      Set<String> syntaxes = own.get(need.sopClass());
      boolean extra = !need.syntax().equals(EXPLICIT);
      int more =
          syntaxes == null ? (extra ? 3 : 2) : (extra && !syntaxes.contains(need.syntax()) ? 1 : 0);
      if (places + more > MOST) {
        break;
      }
      places += more;
      if (syntaxes == null) {
        syntaxes = new LinkedHashSet<>();
        own.put(need.sopClass(), syntaxes);
      }
      if (extra) {
        syntaxes.add(need.syntax());
      }
      covered.add(need);
    }
    own.forEach((sopClass, syntaxes) -> {
      syntaxes.forEach(syntax -> add(sopClass, List.of(syntax)));
      addUsual(sopClass);
    });
    for (String common : COMMON) {
      if (!own.containsKey(common) && contexts.size() + 2 <= USUAL) {
        addUsual(common);
      }
    }
  }

  private void addUsual(String sopClass) {
    add(sopClass, List.of(EXPLICIT));
    add(sopClass, OTHERS);
    covered.add(new Need(sopClass, EXPLICIT));
  }

  private void add(String sopClass, List<String> syntaxes) {
    contexts.add(new ProposedContext(2 * contexts.size() + 1, sopClass, syntaxes));
  }

  /** Whether the association was asked for what an instance needs. */
  boolean covers(Need need) {
    return covered.contains(need);
  }

  List<ProposedContext> contexts() {
    return contexts;
  }
}
