package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Last acknowledged state and version of each record. Safe for several threads. */
final class AcknowledgedRecords {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record AcknowledgedState(int version, BureauRecord entry, boolean withdrawn) {}

    private final Map<String, AcknowledgedState> states = new ConcurrentHashMap<>();

    /** Notes that a file has created a record. */
    void noteCreated(BureauRecord entry) {
        states.put(CrashTables.keyOf(entry), new AcknowledgedState(1, entry, false));
    }

    /**
     * Sends a single call under a condition. A frozen instance carries out a call that its client has repeated
     * elsewhere: without the condition it would overwrite the next call.
     */
    void sendStep(RetryingClient client, RecordStory.StoryStep step) {
        BureauRecord entry = step.entry();
        Optional<AcknowledgedState> before = Optional.ofNullable(states.get(CrashTables.keyOf(entry)));
        int version = before.map(AcknowledgedState::version).orElse(0);
        String[] condition = before.filter(state -> !state.withdrawn()).isEmpty()
                ? new String[] {"If-None-Match", "*"}
                : new String[] {"If-Match", "\"" + version + "\""};
        ApiResponse answer = client.sendUntilAcknowledged(api -> {
            ApiResponse written = switch (step) {
                case RecordStory.SendStep _ -> api.put(entry, condition);
                case RecordStory.WithdrawStep withdraw -> api.withdraw(entry, withdraw.reason(), condition);
            };
            // An earlier attempt whose answer was lost.
            return written.status() == 412 ? api.read(entry) : written;
        });
        assertThat(versionOf(answer)).as("%s", answer.request()).isEqualTo(version + 1);
        states.put(
                CrashTables.keyOf(entry),
                new AcknowledgedState(version + 1, entry, step instanceof RecordStory.WithdrawStep));
    }

    static int versionOf(ApiResponse answer) {
        return Integer.parseInt(
                answer.headers().firstValue("ETag").orElseThrow().replace("\"", ""));
    }

    /** Returns the state that each record must have, by {@link CrashTables#keyOf}. */
    Map<String, CrashTables.StoredRow> toStoredRows() {
        Map<String, CrashTables.StoredRow> rows = new HashMap<>();
        states.forEach((key, state) -> rows.put(
                key,
                new CrashTables.StoredRow(
                        state.version(),
                        state.withdrawn()
                                ? JSON.nullNode()
                                : JSON.valueToTree(state.entry().fields()))));
        return rows;
    }
}
