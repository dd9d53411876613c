package org.voyage.kit.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients write, and what RFC 7240 lets them write. */
class PreferencesTest {

    @Test
    void several_are_read_however_they_are_spread_over_headers_and_spelt() {
        Preferences preferences = Preferences.of(List.of("Published, handling=strict; published2", "WAIT = 5"));
        assertThat(preferences.has("published")).isTrue();
        assertThat(preferences.has("handling")).isTrue();
        assertThat(preferences.has("published2")).isFalse();
        assertThat(preferences.has("respond-async")).isFalse();
        assertThat(preferences.patience()).contains(Duration.ofSeconds(5));
    }

    @Test
    void the_first_of_two_counts_and_what_is_no_number_of_seconds_is_passed_over() {
        assertThat(Preferences.of(List.of("wait=1, wait=9")).patience()).contains(Duration.ofSeconds(1));
        for (String odd : List.of("wait", "wait=", "wait=-1", "wait=1.5", "wait=\"3\"", "wait=99999999999", ",,=;")) {
            assertThat(Preferences.of(List.of(odd)).patience()).as(odd).isEmpty();
        }
        assertThat(Preferences.of((List<String>) null).has("wait")).isFalse();
    }
}
