package org.voyage.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ETagsTest {
    private static final OptionalLong THREE = OptionalLong.of(3);
    private static final OptionalLong ABSENT = OptionalLong.empty();

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "\"2\", \"3\"", "\"2\",W/\"9\" ,\"3\"", "*", " * "})
    void if_match_lets_the_version_pass(String header) {
        assertThatCode(() -> ETags.of(header, null).require(THREE)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "W/\"3\"", "\"\"", "\"03\"", "\"*\"", "\"anything\""})
    void if_match_stops_another_version_and_a_weak_tag(String header) {
        assertThatThrownBy(() -> ETags.of(header, null).require(THREE)).isInstanceOf(Refusal.PreconditionFailed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"3\""})
    void if_match_stops_what_is_not_there(String header) {
        assertThatThrownBy(() -> ETags.of(header, null).require(ABSENT)).isInstanceOf(Refusal.PreconditionFailed.class);
    }

    @Test
    void if_none_match_star_lets_only_the_absent_pass() {
        assertThatCode(() -> ETags.of(null, "*").require(ABSENT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ETags.of(null, "*").require(THREE)).isInstanceOf(Refusal.PreconditionFailed.class);
    }

    @Test
    void if_none_match_compares_weakly_for_a_read() {
        assertThat(ETags.of(null, "W/\"3\"").unchanged(3)).isTrue();
        assertThat(ETags.of(null, "\"2\", \"4\"").unchanged(3)).isFalse();
        assertThat(ETags.of(null, null).unchanged(3)).isFalse();
    }

    @Test
    void what_has_no_version_is_compared_by_its_tag() {
        assertThat(ETags.tag("a_b-C")).isEqualTo("\"a_b-C\"");
        assertThat(ETags.of(null, "\"x\", W/\"a_b-C\"").unchanged("a_b-C")).isTrue();
        assertThat(ETags.of(null, "*").unchanged("a_b-C")).isTrue();
        assertThat(ETags.of(null, "\"*\", \"x\"").unchanged("a_b-C")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3",
                "\"3",
                "3\"",
                "\"3\" \"4\"",
                "\"3\",",
                ",\"3\"",
                "w/\"3\"",
                "\"a\"b\"",
                "*, \"3\"",
                "\"a b\""
            })
    void what_is_no_list_of_tags_is_malformed(String header) {
        assertThatThrownBy(() -> ETags.of(header, null)).isInstanceOf(Refusal.Malformed.class);
        assertThatThrownBy(() -> ETags.of(null, header)).isInstanceOf(Refusal.Malformed.class);
    }
}
