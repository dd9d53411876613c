package org.voyage.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kit.guard.UriGuard;
import org.voyage.kit.input.DidYouMean;
import org.voyage.kit.problem.Refusal;

class QueryParametersTest {
    @Test
    void what_is_absent_has_its_default() {
        assertThat(QueryParameters.parseLimit(null)).isEqualTo(100);
        assertThat(QueryParameters.parseFlag("withdrawn", null, true)).isTrue();
        assertThat(QueryParameters.parseInstant("asOf", null)).isNull();
        assertThat(QueryParameters.parseDate("on", null)).isNull();
        assertThat(QueryParameters.parseText("reason", null, 5)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T08:00:00+08:00",
                "2026-01-01T08:00:00 08:00",
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00Z"
            })
    void a_moment_is_read_with_its_offset(String text) {
        assertThat(QueryParameters.parseInstant("asOf", text)).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-01-01", "2026-01-01T00:00:00", "now", "", "1899-12-31T23:59:59Z", "+999999-01-01T00:00:00Z"
            })
    void no_moment_is_malformed(String text) {
        assertThatThrownBy(() -> QueryParameters.parseInstant("asOf", text)).isInstanceOf(Refusal.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "1.0", "", " 1", "１", "9999999999999999999999"})
    void a_page_has_1_to_1000_items(String text) {
        assertThatThrownBy(() -> QueryParameters.parseLimit(text)).isInstanceOf(Refusal.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/a%00",
                "/v1/%",
                "/v1/%4",
                "/v1/%zz",
                "/v1/%FF",
                "/v1/%C0%80",
                "/a?x=%0d%0a",
                "/a?%7f",
                "/ä",
                "/a?x=%ED%A0%80"
            })
    void a_path_without_meaning_is_invalid(String uri) {
        assertThat(UriGuard.isValid(uri)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/a", "/v1/%E9%B2%81%E7%8F%AD?x=a+b&y=%2B%26", "/v1/a%2Fb", "/%F0%9F%98%80", "/?"})
    void other_paths_are_sane(String uri) {
        assertThat(UriGuard.isValid(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/..", "/a/../b", "/a/.", "/a/%2e%2E/b?x", "/a/.%2e", "/a/..;x", "/a/..?x=1"})
    void a_segment_that_names_another_place_is_found(String uri) {
        assertThat(UriGuard.hasDotSegment(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/...", "/a/..b", "/a/b..", "/a/.b", "/a?x=/../", "/a/%2Eb", "/"})
    void a_name_with_dots_is_no_such_segment(String uri) {
        assertThat(UriGuard.hasDotSegment(uri)).isFalse();
    }

    @Test
    void a_misspelt_word_is_given_the_nearest_and_a_strange_one_none() {
        var known = java.util.List.of("hostCountry", "hostCity", "brand");
        assertThat(DidYouMean.findNearest("host_country", known)).isEqualTo("hostCountry");
        assertThat(DidYouMean.findNearest("hostContry", known)).isEqualTo("hostCountry");
        assertThat(DidYouMean.findNearest("colour", known)).isNull();
        assertThat(DidYouMean.findNearest("x".repeat(10_000), known)).isNull();
    }
}
