package org.voyage.kit.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BatchSlotSchedulerTest {
    private final BatchSlotScheduler queue = new BatchSlotScheduler(new BatchSlotScheduler.PlaceShares(6, 3, 2, 2, 1));
    private final List<String> begun = new ArrayList<>();
    private final Map<String, BatchSlotScheduler.PlaceRequest> places = new HashMap<>();

    private void send(String name, String province, String client, boolean sheet) {
        queue.enqueue(batch(province, client), sheet, place -> {
            begun.add(name);
            places.put(name, place);
        });
    }

    private static Batch batch(String province, String client) {
        var batch = new Batch();
        batch.province = province;
        batch.actor = client;
        return batch;
    }

    private void end(String name) {
        queue.release(Objects.requireNonNull(places.get(name)));
    }

    /** Six files of one bureau held all places of all bureaus. */
    @Test
    void six_files_of_one_client_leave_most_places_to_others() {
        for (int i = 1; i <= 6; i++) {
            send("greedy-" + i, "12", "bureau-12", false);
        }
        send("honest", "31", "bureau-31", false);

        assertThat(begun).containsExactly("greedy-1", "greedy-2", "honest");
        assertThat(queue.countWaiting("12")).isEqualTo(4);
    }

    @Test
    void two_clients_of_one_province_have_no_more_than_its_share() {
        for (int i = 1; i <= 3; i++) {
            send("one-" + i, "12", "bureau-12", false);
            send("two-" + i, "12", "second-12", false);
        }

        assertThat(begun).containsExactly("one-1", "two-1", "one-2");
    }

    @Test
    void dry_runs_of_one_province_take_turns_next_to_its_other_files() {
        sendDryRun("dry-1", "12", "bureau-12");
        sendDryRun("dry-2", "12", "second-12");
        send("file", "12", "second-12", false);
        sendDryRun("dry-3", "31", "bureau-31");
        assertThat(begun).containsExactly("dry-1", "file", "dry-3");

        end("dry-1");

        assertThat(begun).endsWith("dry-2");
    }

    private void sendDryRun(String name, String province, String client) {
        var batch = batch(province, client);
        batch.dryRun = true;
        queue.enqueue(batch, false, place -> {
            begun.add(name);
            places.put(name, place);
        });
    }

    /** A spreadsheet that waited for its permit held a place. */
    @Test
    void a_spreadsheet_that_waits_holds_no_place() {
        for (String province : List.of("11", "12", "13", "14", "15", "21")) {
            send("sheet-" + province, province, "bureau-" + province, true);
        }
        for (String province : List.of("31", "32", "33", "34")) {
            send("csv-" + province, province, "bureau-" + province, false);
        }

        assertThat(begun).containsExactly("sheet-11", "sheet-12", "csv-31", "csv-32", "csv-33", "csv-34");
        end("sheet-12");
        assertThat(begun.getLast()).isEqualTo("sheet-13");
    }

    @Test
    void one_province_never_has_both_places_for_spreadsheets() {
        send("a", "12", "bureau-12", true);
        send("b", "12", "second-12", true);
        send("c", "31", "bureau-31", true);

        assertThat(begun).containsExactly("a", "c");
    }

    @Test
    void a_free_place_goes_to_the_province_that_had_the_fewest_and_waited_longest() {
        for (int i = 1; i <= 3; i++) {
            for (String province : List.of("11", "12", "13")) {
                send(province + "-" + i, province, "bureau-" + province, false);
            }
        }
        assertThat(begun).containsExactly("11-1", "12-1", "13-1", "11-2", "12-2");

        end("12-1");
        assertThat(begun.getLast()).isEqualTo("13-2");
        send("late", "31", "bureau-31", false);
        assertThat(begun.getLast()).isEqualTo("late");
        end("13-1");
        assertThat(begun).hasSize(7);
        end("11-1");
        assertThat(begun.getLast()).isEqualTo("11-3");
    }

    /** Two provinces with two clients each held all six places. */
    @Test
    void two_provinces_leave_a_place_to_a_third() {
        for (int i = 1; i <= 3; i++) {
            for (String province : List.of("11", "12")) {
                send(province + "-" + i, province, "bureau-" + province, false);
                send(province + "-second-" + i, province, "second-" + province, false);
            }
        }
        assertThat(begun).hasSize(5);

        send("third", "31", "bureau-31", false);
        assertThat(begun.getLast()).isEqualTo("third");
    }

    @Test
    void a_caller_that_leaves_hands_its_turn_on() throws InterruptedException {
        send("a", "12", "bureau-12", false);
        send("b", "12", "bureau-12", false);
        var caller = queue.enqueueCaller(batch("12", "bureau-12"), false);
        send("c", "12", "bureau-12", false);
        assertThat(BatchSlotScheduler.awaitPlace(caller, Duration.ofMillis(1))).isFalse();
        assertThat(queue.countCallers("12")).isEqualTo(1);

        queue.release(caller);
        end("a");

        assertThat(begun).containsExactly("a", "b", "c");
        assertThat(queue.countCallers("12")).isZero();
    }
}
