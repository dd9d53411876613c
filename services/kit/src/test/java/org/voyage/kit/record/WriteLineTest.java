package org.voyage.kit.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.kit.access.Province;
import org.voyage.kit.audit.AuditOrigin;

class WriteLineTest {

    private final WriteLine<String> ofAll = new WriteLine<>();
    private final WriteLine<String> own = new WriteLine<>();
    private final List<String> told = new ArrayList<>();

    private static WaitingWrite<String> write(String sourceId) {
        Sent<String> sent = Sent.state(
                new RecordKey(Province.of("64"), sourceId), "x", Cause.request("request-" + sourceId, "bureau-64"));
        return new WaitingWrite<>(sent, new AuditOrigin("bureau-64", "bureau", null, null, "request-" + sourceId));
    }

    private boolean goOn() {
        return own.goOnIn(ofAll, () -> told.add("unled"));
    }

    @Test
    void what_was_sent_to_a_line_apart_is_tried_there_before_anybody_goes_back() {
        WaitingWrite<String> a = write("a");
        WaitingWrite<String> poison = write("poison");
        WaitingWrite<String> behind = write("behind");
        assertThat(own.sendHere(List.of(a, poison))).isTrue();
        assertThat(own.joinBehind(behind)).isTrue();

        assertThat(own.take(1)).containsExactly(a);
        assertThat(goOn())
                .as("the poison would be in everybody's transaction again")
                .isFalse();
        assertThat(own.take(1)).containsExactly(poison);
        assertThat(goOn()).isTrue();

        assertThat(told).containsExactly("unled");
        assertThat(ofAll.take(64)).containsExactly(behind);
    }

    @Test
    void who_gives_up_the_lead_leaves_nobody_behind_and_lets_nobody_overtake() {
        own.sendHere(List.of(write("a")));
        own.take(64);
        WaitingWrite<String> older = write("same");
        own.joinBehind(older);
        assertThat(ofAll.join(write("other"))).isTrue();

        assertThat(goOn()).isTrue();

        assertThat(told).as("somebody leads the other line").isEmpty();
        assertThat(own.joinBehind(write("same")))
                .as("written before the older one")
                .isFalse();
        assertThat(own.length()).isZero();
        assertThat(ofAll.take(64)).hasSize(2).contains(older);
    }

    @Test
    void nobody_waits_and_the_lead_is_given_up() {
        own.sendHere(List.of(write("a")));
        own.take(64);

        assertThat(goOn()).isTrue();

        assertThat(told).isEmpty();
        assertThat(own.join(write("b"))).isTrue();
    }
}
