package org.ithil.dimse.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.ithil.dimse.message.Command.MoveOriginator;
import org.ithil.dimse.message.Command.Suboperations;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.DimseException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PS3.7 6.3.1, 9.3, 10.3 and E. */
class CommandCodecTest {
  private static final String C = "1.2.840.10008.1.1";
  private static final String I = "1.2.3.45";

  static Stream<Command> commands() {
    Suboperations counts =
        new Suboperations(
            OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(3), OptionalInt.of(65535));
    MoveOriginator originator = new MoveOriginator("MOVER", OptionalInt.of(9));
    return Stream.of(
        new Command.CEchoRq(1, C),
        new Command.CEchoRsp(1, C, Status.SUCCESS),
        new Command.CStoreRq(65535, C, I, Priority.HIGH, Optional.empty()),
        new Command.CStoreRq(2, C, I, Priority.LOW, Optional.of(originator)),
        new Command.CStoreRsp(2, C, I, Status.OUT_OF_RESOURCES, "no room"),
        new Command.CFindRq(3, C, Priority.MEDIUM),
        new Command.CFindRsp(3, C, Status.PENDING, ""),
        new Command.CGetRq(4, C, Priority.MEDIUM),
        new Command.CGetRsp(4, C, Status.PENDING, counts, ""),
        new Command.CMoveRq(5, C, Priority.MEDIUM, "THERE"),
        new Command.CMoveRsp(5, C, new Status(0xb000), Suboperations.NONE, "half"),
        new Command.CCancelRq(5),
        new Command.NEventReportRq(6, C, I, 2),
        new Command.NGetRq(7, C, I, List.of(0x00100010, 0xfffcfffc)),
        new Command.NSetRq(8, C, I),
        new Command.NActionRq(9, C, I, 1),
        new Command.NCreateRq(10, C, Optional.empty()),
        new Command.NCreateRq(10, C, Optional.of(I)),
        new Command.NDeleteRq(11, C, I),
        nResponse(CommandField.N_EVENT_REPORT_RSP, OptionalInt.of(2)),
        nResponse(CommandField.N_GET_RSP, OptionalInt.empty()),
        nResponse(CommandField.N_SET_RSP, OptionalInt.empty()),
        nResponse(CommandField.N_ACTION_RSP, OptionalInt.of(1)),
        nResponse(CommandField.N_CREATE_RSP, OptionalInt.empty()),
        nResponse(CommandField.N_DELETE_RSP, OptionalInt.empty()));
  }

  private static Command nResponse(CommandField field, OptionalInt type) {
    return new Command.NRsp(
        field, 12, Optional.of(C), Optional.of(I), new Status(0x0110), type, "failed");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void keeps_every_field_of(Command command) throws Exception {
    for (boolean hasDataSet : new boolean[] {true, false}) {
      CommandCodec.Decoded decoded =
          CommandCodec.decode(ByteBuffer.wrap(CommandCodec.encode(command, hasDataSet)));
      assertThat(decoded.command()).isEqualTo(command);
      assertThat(decoded.hasDataSet()).isEqualTo(hasDataSet);
    }
  }

  @Test
  void every_kind_has_a_case_in_these_tests() {
    assertThat(commands().map(Command::field).distinct())
        .containsExactlyInAnyOrder(CommandField.values());
  }

  @Test
  void writes_an_echo_as_other_implementations_do() {
    assertThat(HexFormat.of().formatHex(CommandCodec.encode(new Command.CEchoRq(1, C), false)))
        .isEqualTo(
            "0000000004000000"
                + "38000000"
                + "0000020012000000"
                + "312e322e3834302e31303030382e312e3100"
                + "0000000102000000"
                + "3000"
                + "0000100102000000"
                + "0100"
                + "0000000802000000"
                + "0101");
  }

  @Test
  void blanks_inside_a_uid_are_dropped() throws Exception {
    byte[] bytes =
        CommandCodec.encode(
            new Command.CStoreRq(1, C, "not a uid", Priority.MEDIUM, Optional.empty()), true);
    assertThat(((Command.CStoreRq) CommandCodec.decode(ByteBuffer.wrap(bytes)).command()))
        .extracting(Command.CStoreRq::sopInstance)
        .isEqualTo("notauid");
  }

  @Test
  void a_store_request_without_instance_is_refused() {
    CommandSet set =
        new CommandSet()
            .number(CommandSet.COMMAND_FIELD, 1)
            .number(CommandSet.MESSAGE_ID, 1)
            .uid(CommandSet.AFFECTED_SOP_CLASS, C)
            .hasDataSet(true);
    assertProblem(set.bytes(), Problem.MALFORMED);
  }

  @Test
  void an_unknown_kind_of_command_is_refused() {
    CommandSet set = new CommandSet().number(CommandSet.COMMAND_FIELD, 0x7777).hasDataSet(false);
    assertProblem(set.bytes(), Problem.UNEXPECTED);
  }

  @Test
  void an_element_longer_than_the_set_is_refused() {
    byte[] bytes = CommandCodec.encode(new Command.CEchoRq(1, C), false);
    bytes[bytes.length - 6] = 100;
    assertProblem(bytes, Problem.MALFORMED);
  }

  @Test
  void any_bytes_give_a_command_or_are_refused() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    List<Command> commands = commands().toList();
    for (int round = 0; round < 30_000; round++) {
      byte[] bytes = CommandCodec.encode(commands.get(round % commands.size()), true);
      for (int i = random.nextInt(6); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      ByteBuffer cut = ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length + 1));
      try {
        CommandCodec.encode(CommandCodec.decode(cut).command(), true);
      } catch (DimseException e) {
        assertThat(e.problem()).isIn(Problem.MALFORMED, Problem.UNEXPECTED);
      }
    }
  }

  private static void assertProblem(byte[] bytes, Problem problem) {
    assertThatThrownBy(() -> CommandCodec.decode(ByteBuffer.wrap(bytes)))
        .isInstanceOfSatisfying(
            DimseException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }
}
