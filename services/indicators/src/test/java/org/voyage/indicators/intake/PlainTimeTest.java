package org.voyage.indicators.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTimeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-31T10:00:00Z",
                "2026-03-31T10:00:00.1Z",
                "2026-03-31T10:00:00.123456Z",
                "2024-02-29T23:59:59.999999999Z",
                "0001-01-01T00:00:00Z",
                "1969-12-31T23:59:59.5Z"
            })
    void what_services_write_is_read_as_a_parser_reads_it(String text) {
        assertThat(PlainTime.read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-03-31T10:00:00",
                "2026-03-31T10:00:00.Z",
                "2026-03-31T10:00:00,5Z",
                "2026-03-31T10:00:00.1234567890Z",
                "2026-03-31T10:00:00.12x4Z",
                "2026-03-31T10:00:00+08:00Z",
                "2026-02-29T10:00:00Z",
                "2026-03-31T24:00:00Z",
                "2026-03-31T10:60:00Z",
                "2026-03-31T10:00:60Z",
                "2026-03-31 10:00:00Z",
                "+1000000000-12-31T23:59:59Z"
            })
    void everything_else_is_left_to_the_parser(String text) {
        assertThat(PlainTime.read(text.getBytes(StandardCharsets.UTF_8))).isNull();
    }
}
