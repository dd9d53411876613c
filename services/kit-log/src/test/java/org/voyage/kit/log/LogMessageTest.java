package org.voyage.kit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogMessageTest {

    private static final Instant STORED = Instant.parse("2026-11-26T10:00:00.123Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-31T10:00:00Z",
                "2026-03-31T10:00:00.1Z",
                "2026-03-31T10:00:00.123456Z",
                "2024-02-29T23:59:59.999999999Z",
                "1969-12-31T23:59:59.5Z"
            })
    void the_time_is_when_the_change_was_made_to_the_last_digit(String text) {
        assertThat(createMessage(Optional.of(text)).time()).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "yesterday",
                "2026-02-29T10:00:00Z",
                "2026-03-31T10:00:00",
                "2026-12-31T23:59:60Z",
                "2026-03-31T10:00:00.1234567890Z",
                "２０２６-03-31T10:00:00Z"
            })
    void where_it_cannot_be_read_it_is_when_the_message_was_stored(String text) {
        assertThat(createMessage(Optional.of(text)).time()).isEqualTo(STORED);
    }

    @Test
    void without_a_time_it_is_when_the_message_was_stored() {
        assertThat(createMessage(Optional.empty()).time()).isEqualTo(STORED);
    }

    @Test
    void times_of_one_second_are_distinguished_and_an_invalid_time_becomes_the_time_of_storage() {
        assertThat(Stream.of(
                                "2026-03-31T10:00:00.5Z",
                                "2026-03-31T10:00:00Z",
                                "2026-03-31T10:00:00.000000001Z",
                                "2026-03-31T10:00:00.25+08:00",
                                "2026-03-31T10:00:00.",
                                "2026-03-31T10:00:00.Z",
                                "2026-03-31T10:00:00.1234567890Z",
                                "2026-03-31T10:00:00.1x3Z",
                                "2026-03-31T10:00:00",
                                "2026-03-31T10:00:01.5Z",
                                "2026-03-31T10:00:01.75Z")
                        .map(text -> createMessage(Optional.of(text)).time()))
                .containsExactly(
                        Instant.parse("2026-03-31T10:00:00.5Z"),
                        Instant.parse("2026-03-31T10:00:00Z"),
                        Instant.parse("2026-03-31T10:00:00.000000001Z"),
                        Instant.parse("2026-03-31T02:00:00.25Z"),
                        STORED,
                        STORED,
                        STORED,
                        STORED,
                        STORED,
                        Instant.parse("2026-03-31T10:00:01.5Z"),
                        Instant.parse("2026-03-31T10:00:01.75Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "org.voyage.overseas-school.changed.v1, 1",
        "org.voyage.overseas-school.changed.v9, 9",
        "org.voyage.overseas-school.changed.v12, 12",
        "org.voyage.overseas-school.changed.v, -1",
        "org.voyage.overseas-school.changed.vx, -1",
        "org.voyage.overseas-school.changed.v99999999999, -1",
        "org.voyage.overseas-schools.changed.v1, -1",
        "org.voyage.recognition.changed.v1, -1",
        "school, -1"
    })
    void the_version_of_its_schema_is_that_of_its_type(String type, int version) {
        assertThat(createMessage("ce_type", Optional.of(type)).schemaVersion()).isEqualTo(version);
    }

    @Test
    void without_a_type_its_schema_is_the_first() {
        assertThat(createMessage("ce_type", Optional.empty()).schemaVersion()).isEqualTo(1);
    }

    private static LogMessage createMessage(Optional<String> time) {
        return createMessage("ce_time", time);
    }

    private static LogMessage createMessage(String header, Optional<String> value) {
        RecordHeaders headers = new RecordHeaders();
        value.ifPresent(text -> headers.add(header, text.getBytes(StandardCharsets.UTF_8)));
        return LogMessage.of(
                new ConsumerRecord<>(
                        "overseas.overseas-school",
                        0,
                        7,
                        STORED.toEpochMilli(),
                        TimestampType.CREATE_TIME,
                        -1,
                        -1,
                        "12/a",
                        ByteBuffer.allocate(0),
                        headers,
                        Optional.empty()),
                "overseas-school",
                0);
    }
}
