package org.ithil.dimse.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ithil.dimse.pdu.DimseException.Problem;
import org.ithil.dimse.pdu.UserInformation.AsynchronousWindow;
import org.ithil.dimse.pdu.UserInformation.ExtendedNegotiation;
import org.ithil.dimse.pdu.UserInformation.RoleSelection;
import org.junit.jupiter.api.Test;

/** PS3.8 9.3. */
class PduCodecTest {
  /** What DCMTK's echoscu sends, titles TESTER and SERVER. */
  private static final String REQUEST =
      """
      01 00 000000cd 0001 0000
      53455256455220202020202020202020 54455354455220202020202020202020
      0000000000000000000000000000000000000000000000000000000000000000
      10 00 0015 312e322e3834302e31303030382e332e312e312e31
      20 00 002e 01 00 ff 00
        30 00 0011 312e322e3834302e31303030382e312e31
        40 00 0011 312e322e3834302e31303030382e312e32
      50 00 003a
        51 00 0004 00004000
        52 00 001b 312e322e3237362e302e373233303031302e332e302e332e362e37
        55 00 000f 4f464649535f44434d544b5f333637
      """;

  @Test
  void reads_a_request_of_another_implementation() throws Exception {
    Pdu pdu = decode(bytes(REQUEST));
    assertThat(pdu)
        .isEqualTo(
            new Pdu.AssociateRq(
                1,
                "SERVER          ",
                "TESTER          ",
                "1.2.840.10008.3.1.1.1",
                List.of(new ProposedContext(1, "1.2.840.10008.1.1", List.of("1.2.840.10008.1.2"))),
                UserInformation.of(16384, "1.2.276.0.7230010.3.0.3.6.7", "OFFIS_DCMTK_367")));
  }

  @Test
  void writes_what_another_implementation_writes() throws Exception {
    byte[] golden = bytes(REQUEST);
    byte[] own = PduCodec.encode(decode(golden));
    golden[6 + 4 + 32 + 32 + 25 + 4 + 2] = 0; // a reserved byte that DCMTK sets
    assertThat(HexFormat.of().formatHex(own)).isEqualTo(HexFormat.of().formatHex(golden));
  }

  @Test
  void keeps_every_field_of_a_request_and_its_acceptance() throws Exception {
    UserInformation user =
        new UserInformation(
            0,
            "1.2.3",
            "VERSION",
            Optional.of(new AsynchronousWindow(5, 6)),
            List.of(
                new RoleSelection("1.2.4", false, true), new RoleSelection("1.2.5", true, true)),
            List.of(new ExtendedNegotiation("1.2.6", ByteBuffer.wrap(new byte[] {1, 2, 3}))),
            List.of(new UserInformation.Item(0x58, ByteBuffer.wrap(new byte[] {1, 1, 0, 0}))));
    Pdu.AssociateRq request =
        new Pdu.AssociateRq(
            1,
            "CALLED".concat(" ".repeat(10)),
            "  CALLING       ",
            Pdu.DICOM_APPLICATION_CONTEXT,
            List.of(
                new ProposedContext(1, "1.2.7", List.of("1.2.8", "1.2.9")),
                new ProposedContext(255, "1.2.10", List.of("1.2.8"))),
            user);
    Pdu.AssociateAc acceptance =
        new Pdu.AssociateAc(
            1,
            request.calledAet(),
            request.callingAet(),
            request.applicationContext(),
            List.of(new ContextResult(1, 0, "1.2.9"), new ContextResult(255, 4, "1.2.8")),
            user);
    assertThat(decode(PduCodec.encode(request))).isEqualTo(request);
    assertThat(decode(PduCodec.encode(acceptance))).isEqualTo(acceptance);
  }

  @Test
  void writes_the_small_ones_as_the_standard_shows_them() {
    assertThat(hex(new Pdu.AssociateRj(1, 2, 3))).isEqualTo("03000000000400010203");
    assertThat(hex(new Pdu.ReleaseRq())).isEqualTo("05000000000400000000");
    assertThat(hex(new Pdu.ReleaseRp())).isEqualTo("06000000000400000000");
    assertThat(hex(new Pdu.Abort(2, 6))).isEqualTo("07000000000400000206");
    assertThat(
            hex(
                new Pdu.DataTf(
                    List.of(
                        new Pdu.Pdv(3, true, true, ByteBuffer.wrap(new byte[] {9, 8})),
                        new Pdu.Pdv(5, false, false, ByteBuffer.allocate(0))))))
        .isEqualTo("0400" + "0000000e" + "00000004" + "0303" + "0908" + "00000002" + "0500");
  }

  @Test
  void reads_back_the_small_ones() throws Exception {
    for (Pdu pdu :
        List.of(
            new Pdu.AssociateRj(2, 3, 2),
            new Pdu.ReleaseRq(),
            new Pdu.ReleaseRp(),
            new Pdu.Abort(2, 2),
            new Pdu.DataTf(
                List.of(new Pdu.Pdv(1, false, true, ByteBuffer.wrap(new byte[] {1, 2, 3, 4})))))) {
      assertThat(decode(PduCodec.encode(pdu))).isEqualTo(pdu);
    }
  }

  @Test
  void skips_items_it_does_not_know() throws Exception {
    byte[] golden = bytes(REQUEST + "99 00 0002 abcd");
    assertThat(decode(golden)).isEqualTo(decode(bytes(REQUEST)));
  }

  @Test
  void refuses_unknown_types() {
    assertThatThrownBy(() -> PduCodec.decode(8, ByteBuffer.allocate(4)))
        .isInstanceOfSatisfying(
            DimseException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNKNOWN_PDU));
  }

  @Test
  void refuses_bodies_that_end_too_early() {
    byte[] golden = bytes(REQUEST);
    for (int length = 0; length < 68; length++) {
      ByteBuffer cut = ByteBuffer.wrap(golden, 6, length).slice();
      assertThatThrownBy(() -> PduCodec.decode(1, cut))
          .isInstanceOfSatisfying(
              DimseException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MALFORMED));
    }
  }

  private static String hex(Pdu pdu) {
    return HexFormat.of().formatHex(PduCodec.encode(pdu));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  private static Pdu decode(byte[] pdu) throws DimseException {
    ByteBuffer buffer = ByteBuffer.wrap(pdu);
    int type = buffer.get();
    buffer.position(6);
    return PduCodec.decode(type, buffer.slice());
  }
}
