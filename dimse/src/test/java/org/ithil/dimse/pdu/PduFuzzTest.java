package org.ithil.dimse.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes come: a PDU or a {@link DimseException}, nothing else. */
class PduFuzzTest {
  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void any_bytes_give_a_pdu_or_are_refused(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    byte[] good =
        PduCodec.encode(
            new Pdu.AssociateRq(
                1,
                "A",
                "B",
                Pdu.DICOM_APPLICATION_CONTEXT,
                List.of(new ProposedContext(1, "1.2.3", List.of("1.2.840.10008.1.2"))),
                UserInformation.of(16384, "1.2", "V")));
    int decoded = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int type = random.nextInt(9);
      byte[] body;
      if (round % 2 == 0) {
        body = new byte[random.nextInt(300)];
        random.nextBytes(body);
      } else {
        body = java.util.Arrays.copyOfRange(good, 6, 6 + random.nextInt(good.length - 5));
        for (int i = random.nextInt(8); i > 0 && body.length > 0; i--) {
          body[random.nextInt(body.length)] = (byte) random.nextInt();
        }
      }
      try {
        Pdu pdu = PduCodec.decode(type, ByteBuffer.wrap(body));
        PduCodec.encode(pdu);
        decoded++;
      } catch (DimseException e) {
        assertThat(e.problem())
            .isIn(DimseException.Problem.MALFORMED, DimseException.Problem.UNKNOWN_PDU);
      }
    }
    assertThat(decoded).isPositive().isLessThan(ROUNDS);
  }
}
