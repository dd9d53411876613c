package org.voyage.mobility.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.problem.Refusal;
import org.voyage.mobility.MobilityRecord;

class InboundEnrolmentTest {

    private static final String BODY = MobilityRecord.INBOUND_ENROLMENT.body();

    private static InboundEnrolment read(String body) throws JsonProcessingException {
        return new InboundEnrolmentRules().readRecord(FieldReader.of((ObjectNode) new ObjectMapper().readTree(body)));
    }

    private static String graduated(String body) {
        return body.replace("\"enrolled\"", "\"graduated\",\"endedOn\":\"2023-07-01\"");
    }

    @Test
    void graduating_moves_the_figures_of_its_year_and_of_none_before() throws Exception {
        InboundEnrolment before = read(BODY);
        InboundEnrolment after = read(graduated(BODY));
        for (int year = 2019; year <= 2022; year++) {
            assertThat(InboundEnrolmentService.inYear(after, year))
                    .isEqualTo(InboundEnrolmentService.inYear(before, year));
        }
        assertThat(InboundEnrolmentService.inYear(after, 2023))
                .isNotNull()
                .isNotEqualTo(InboundEnrolmentService.inYear(before, 2023));
        assertThat(InboundEnrolmentService.inYear(after, 2024)).isNull();
        assertThat(InboundEnrolmentService.inYear(before, 2024)).isNotNull();
        assertThat(InboundEnrolmentService.inYear(before, 2019)).isNull();
    }

    @Test
    void an_enrolment_as_vocational_bachelor_before_2019_is_refused() throws Exception {
        String bachelor = BODY.replace("higher-vocational", "vocational-bachelor");
        String began = read(bachelor).startedOn().toString();
        assertThat(read(bachelor.replace(began, "2019-01-01")).level()).isEqualTo(StudyLevel.VOCATIONAL_BACHELOR);
        assertThatThrownBy(() -> read(bachelor.replace(began, "2018-12-31")))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("vocational-bachelor holds from 2019-01-01, not on 2018-12-31");
        assertThat(read(BODY.replace(began, "2018-12-31")).level()).isEqualTo(StudyLevel.HIGHER_VOCATIONAL);
    }

    @Test
    void another_nationality_moves_the_figures_of_every_year() throws Exception {
        InboundEnrolment other = read(BODY.replace("THA", "LAO"));
        assertThat(InboundEnrolmentService.inYear(other, 2020))
                .isNotEqualTo(InboundEnrolmentService.inYear(read(BODY), 2020));
        assertThat(InboundEnrolmentService.inYear(other, 2024))
                .isNotEqualTo(InboundEnrolmentService.inYear(read(BODY), 2024));
    }

    @Test
    void who_the_student_is_changes_nothing_of_the_record_and_does_not_print() throws Exception {
        InboundEnrolment named = read(
                BODY.replace(
                        "\"enrolled\"",
                        "\"enrolled\",\"name\":\"QUOKKA ZEPHYR\",\"passportNumber\":\"XQ7712345\",\"birthDate\":\"1999-12-31\""));
        assertThat(named).isEqualTo(read(BODY)).hasSameHashCodeAs(read(BODY));
        assertThat(named.toString()).doesNotContain("QUOKKA", "XQ7712345", "1999");
        assertThat(named.personal().data()).isPresent();
    }
}
