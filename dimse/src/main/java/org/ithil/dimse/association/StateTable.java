package org.ithil.dimse.association;

import static org.ithil.dimse.association.Action.*;
import static org.ithil.dimse.association.Event.*;
import static org.ithil.dimse.association.State.*;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The state transition table of PS3.8 9.2.3, table 9-10. Pure: it does nothing itself. */
final class StateTable {
  /**
   * What to do, and the state after it.
   *
   * @param next for AE-6 when the request is taken, for AR-8 at the requestor
   * @param otherwise for AE-6 when it is rejected, for AR-8 at the acceptor; else as {@code next}
   */
  record Transition(Action action, State next, State otherwise) {
    Transition(Action action, State next) {
      this(action, next, next);
    }
  }

  private static final Map<State, Map<Event, Transition>> TABLE = table();

  private StateTable() {}

  /** The transition; empty where the standard's table is: the event cannot occur in that state. */
  static Optional<Transition> next(State state, Event event) {
    return Optional.ofNullable(TABLE.getOrDefault(state, Map.of()).get(event));
  }

  private static Map<State, Map<Event, Transition>> table() {
    Map<State, Map<Event, Transition>> table = new EnumMap<>(State.class);
    row(
        table,
        STA1,
        Map.of(
            LOCAL_ASSOCIATE_REQUEST, to(AE_1, STA4),
            TRANSPORT_INDICATED, to(AE_5, STA2)));
    row(
        table,
        STA2,
        Map.of(
            ASSOCIATE_AC, to(AA_1, STA13),
            ASSOCIATE_RJ, to(AA_1, STA13),
            ASSOCIATE_RQ, new Transition(AE_6, STA3, STA13),
            DATA_TF, to(AA_1, STA13),
            RELEASE_RQ, to(AA_1, STA13),
            RELEASE_RP, to(AA_1, STA13),
            ABORT, to(AA_2, STA1),
            TRANSPORT_CLOSED, to(AA_5, STA1),
            ARTIM_EXPIRED, to(AA_2, STA1),
            INVALID_PDU, to(AA_1, STA13)));
    row(table, STA3, Map.of(LOCAL_ACCEPT, to(AE_7, STA6), LOCAL_REJECT, to(AE_8, STA13)));
    row(
        table,
        STA4,
        Map.of(
            TRANSPORT_CONFIRMED, to(AE_2, STA5),
            LOCAL_ABORT, to(AA_2, STA1),
            TRANSPORT_CLOSED, to(AA_4, STA1)));
    row(table, STA5, Map.of(ASSOCIATE_AC, to(AE_3, STA6), ASSOCIATE_RJ, to(AE_4, STA1)));
    row(
        table,
        STA6,
        Map.of(
            LOCAL_DATA, to(DT_1, STA6),
            DATA_TF, to(DT_2, STA6),
            LOCAL_RELEASE_REQUEST, to(AR_1, STA7),
            RELEASE_RQ, to(AR_2, STA8)));
    row(
        table,
        STA7,
        Map.of(
            DATA_TF, to(AR_6, STA7),
            RELEASE_RQ, new Transition(AR_8, STA9, STA10),
            RELEASE_RP, to(AR_3, STA1)));
    row(table, STA8, Map.of(LOCAL_DATA, to(AR_7, STA8), LOCAL_RELEASE_RESPONSE, to(AR_4, STA13)));
    row(table, STA9, Map.of(LOCAL_RELEASE_RESPONSE, to(AR_9, STA11)));
    row(table, STA10, Map.of(RELEASE_RP, to(AR_10, STA12)));
    row(table, STA11, Map.of(RELEASE_RP, to(AR_3, STA1)));
    row(table, STA12, Map.of(LOCAL_RELEASE_RESPONSE, to(AR_4, STA13)));
    row(
        table,
        STA13,
        Map.of(
            ASSOCIATE_AC, to(AA_6, STA13),
            ASSOCIATE_RJ, to(AA_6, STA13),
            ASSOCIATE_RQ, to(AA_7, STA13),
            DATA_TF, to(AA_6, STA13),
            RELEASE_RQ, to(AA_6, STA13),
            RELEASE_RP, to(AA_6, STA13),
            ABORT, to(AA_2, STA1),
            TRANSPORT_CLOSED, to(AR_5, STA1),
            ARTIM_EXPIRED, to(AA_2, STA1),
            INVALID_PDU, to(AA_7, STA13)));
    for (State state : new State[] {STA3, STA5, STA6, STA7, STA8, STA9, STA10, STA11, STA12}) {
      whileAssociated(table.computeIfAbsent(state, _ -> new EnumMap<>(Event.class)));
    }
    return table;
  }

  /** What Sta3 and Sta5 to Sta12 have in common, where their rows do not say otherwise. */
  private static void whileAssociated(Map<Event, Transition> row) {
    for (Event unexpected :
        new Event[] {
          ASSOCIATE_AC, ASSOCIATE_RJ, ASSOCIATE_RQ, DATA_TF, RELEASE_RQ, RELEASE_RP, INVALID_PDU
        }) {
      row.putIfAbsent(unexpected, to(AA_8, STA13));
    }
    row.put(LOCAL_ABORT, to(AA_1, STA13));
    row.put(ABORT, to(AA_3, STA1));
    row.put(TRANSPORT_CLOSED, to(AA_4, STA1));
  }

  private static void row(
      Map<State, Map<Event, Transition>> table, State state, Map<Event, Transition> row) {
    table.put(state, new EnumMap<>(row));
  }

  private static Transition to(Action action, State next) {
    return new Transition(action, next);
  }
}
