package org.voyage.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Test of headers that clients send and that RFC 7240 allows. */
class PreferHeaderTest {

    @Test
    void several_are_read_however_they_are_spread_over_headers_and_spelt() {
        PreferHeader preferences = PreferHeader.of(List.of("Published, handling=strict; published2", "WAIT = 5"));
        assertThat(preferences.hasPreference("published")).isTrue();
        assertThat(preferences.hasPreference("handling")).isTrue();
        assertThat(preferences.hasPreference("published2")).isFalse();
        assertThat(preferences.hasPreference("respond-async")).isFalse();
        assertThat(preferences.maxWait()).contains(Duration.ofSeconds(5));
    }

    @Test
    void the_first_of_two_counts_and_what_is_no_number_of_seconds_is_passed_over() {
        assertThat(PreferHeader.of(List.of("wait=1, wait=9")).maxWait()).contains(Duration.ofSeconds(1));
        for (String odd : List.of("wait", "wait=", "wait=-1", "wait=1.5", "wait=\"3\"", "wait=99999999999", ",,=;")) {
            assertThat(PreferHeader.of(List.of(odd)).maxWait()).as(odd).isEmpty();
        }
        assertThat(PreferHeader.of((List<String>) null).hasPreference("wait")).isFalse();
    }
}
