package org.ithil.dimse.pdu;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The user information item of an association request or acceptance, PS3.8 9.3.2.3 and PS3.7 D.3.
 *
 * @param maxPduLength longest P-DATA-TF that its sender takes, header not counted; 0 = any
 * @param implementationClassUid empty if not given
 * @param implementationVersion empty if not given
 * @param window asynchronous operations, if negotiation was asked for
 * @param roles SCP/SCU role selections
 * @param extended SOP class extended negotiations
 * @param others sub-items not named above (user identity, common extended negotiation ...)
 */
public record UserInformation(
    int maxPduLength,
    String implementationClassUid,
    String implementationVersion,
    Optional<AsynchronousWindow> window,
    List<RoleSelection> roles,
    List<ExtendedNegotiation> extended,
    List<Item> others) {
  public UserInformation {
    roles = List.copyOf(roles);
    extended = List.copyOf(extended);
    others = List.copyOf(others);
  }

  /** Asynchronous operations window, PS3.7 D.3.3.3: operations at the same time; 0 = any. */
  public record AsynchronousWindow(int invoked, int performed) {}

  /** SCP/SCU role selection, PS3.7 D.3.3.4: the requestor's roles for a SOP class. */
  public record RoleSelection(String sopClass, boolean scu, boolean scp) {}

  /** SOP class extended negotiation, PS3.7 D.3.3.5; the meaning of the bytes is the class's. */
  public record ExtendedNegotiation(String sopClass, ByteBuffer information) {}

  /** A sub-item kept as it came. */
  public record Item(int type, ByteBuffer value) {}

  /** With a maximum length and implementation only. */
  public static UserInformation of(
      int maxPduLength, String implementationClassUid, String implementationVersion) {
    return new UserInformation(
        maxPduLength,
        implementationClassUid,
        implementationVersion,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  /** The same with other role selections. */
  public UserInformation withRoles(List<RoleSelection> newRoles) {
    return new UserInformation(
        maxPduLength,
        implementationClassUid,
        implementationVersion,
        window,
        newRoles,
        extended,
        others);
  }

  /** The role selection for a SOP class, if there is one. */
  public Optional<RoleSelection> role(String sopClass) {
    return roles.stream().filter(r -> r.sopClass().equals(sopClass)).findFirst();
  }
}
