package org.voyage.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kit.problem.Refusal;

class ETagsTest {
    private static final OptionalLong VERSION_THREE = OptionalLong.of(3);
    private static final OptionalLong NO_VERSION = OptionalLong.empty();

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "\"2\", \"3\"", "\"2\",W/\"9\" ,\"3\"", "*", " * "})
    void if_match_lets_the_version_pass(String header) {
        assertThatCode(() -> ETags.of(header, null).requireMatch(VERSION_THREE)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "W/\"3\"", "\"\"", "\"03\"", "\"*\"", "\"anything\""})
    void if_match_stops_another_version_and_a_weak_tag(String header) {
        assertThatThrownBy(() -> ETags.of(header, null).requireMatch(VERSION_THREE))
                .isInstanceOf(Refusal.PreconditionFailed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"3\""})
    void if_match_stops_what_is_not_there(String header) {
        assertThatThrownBy(() -> ETags.of(header, null).requireMatch(NO_VERSION))
                .isInstanceOf(Refusal.PreconditionFailed.class);
    }

    @Test
    void if_none_match_star_lets_only_the_absent_pass() {
        assertThatCode(() -> ETags.of(null, "*").requireMatch(NO_VERSION)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ETags.of(null, "*").requireMatch(VERSION_THREE))
                .isInstanceOf(Refusal.PreconditionFailed.class);
    }

    @Test
    void if_none_match_compares_weakly_for_a_read() {
        assertThat(ETags.of(null, "W/\"3\"").isUnchanged(3)).isTrue();
        assertThat(ETags.of(null, "\"2\", \"4\"").isUnchanged(3)).isFalse();
        assertThat(ETags.of(null, null).isUnchanged(3)).isFalse();
    }

    @Test
    void what_has_no_version_is_compared_by_its_tag() {
        assertThat(ETags.tagOf("a_b-C")).isEqualTo("\"a_b-C\"");
        assertThat(ETags.of(null, "\"x\", W/\"a_b-C\"").isUnchanged("a_b-C")).isTrue();
        assertThat(ETags.of(null, "*").isUnchanged("a_b-C")).isTrue();
        assertThat(ETags.of(null, "\"*\", \"x\"").isUnchanged("a_b-C")).isFalse();
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
