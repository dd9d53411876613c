package org.voyage.cooperation.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.voyage.cooperation.agreement.CooperationStatus.APPROVED;
import static org.voyage.cooperation.agreement.CooperationStatus.ENROLLING;
import static org.voyage.cooperation.agreement.CooperationStatus.SUSPENDED;
import static org.voyage.cooperation.agreement.CooperationStatus.TERMINATED;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.cooperation.programme.CooperativeProgramme;
import org.voyage.kit.problem.Refusal;

class AgreementTest {

    private static Agreement agreement(CooperationStatus status, String approved, @Nullable String terminated) {
        return new CooperativeProgramme(
                "中德学院",
                null,
                "4137012345",
                List.of(new ForeignPartner("TH", "DEU")),
                "N-1",
                LocalDate.parse(approved),
                CooperationScheme.ORDINARY,
                "460301",
                status,
                LocalDate.parse(approved),
                null,
                terminated == null ? null : LocalDate.parse(terminated));
    }

    @ParameterizedTest
    @CsvSource({
        "APPROVED,ENROLLING", "APPROVED,TERMINATED", "ENROLLING,SUSPENDED", "ENROLLING,TERMINATED",
        "SUSPENDED,ENROLLING", "SUSPENDED,TERMINATED", "APPROVED,APPROVED", "TERMINATED,TERMINATED"
    })
    void life_goes_on(CooperationStatus from, CooperationStatus to) {
        assertThatCode(() -> from.requireSuccessor(to)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "APPROVED,SUSPENDED", "ENROLLING,APPROVED", "SUSPENDED,APPROVED",
        "TERMINATED,APPROVED", "TERMINATED,ENROLLING", "TERMINATED,SUSPENDED"
    })
    void life_does_not_go_back_or_leap(CooperationStatus from, CooperationStatus to) {
        assertThatThrownBy(() -> from.requireSuccessor(to))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        refusal ->
                                assertThat(refusal.findings().getFirst().rule()).isEqualTo("lifecycle"));
    }

    @Test
    void a_refusal_in_chinese_has_the_words_of_the_code_list() {
        assertThatThrownBy(() -> TERMINATED.requireSuccessor(ENROLLING))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        refusal -> assertThat(refusal.findings().getFirst().detailZh())
                                .isEqualTo("状态不能从“终止”变为“招生”。"));
    }

    @Test
    void it_counts_from_the_year_of_its_approval_to_that_of_its_end() {
        Agreement ended = agreement(TERMINATED, "2015-02-28", "2020-02-29");
        assertThat(ended.inYear(2014, "460301")).isNull();
        assertThat(ended.inYear(2015, "460301")).isNotNull();
        assertThat(ended.inYear(2020, "460301")).isNotNull();
        assertThat(ended.inYear(2021, "460301")).isNull();
    }

    @Test
    void a_year_sees_neither_the_status_nor_an_end_in_another_year() {
        Agreement ended = agreement(TERMINATED, "2015-02-28", "2020-02-29");
        assertThat(ended.inYear(2019, "460301"))
                .isEqualTo(agreement(ENROLLING, "2015-02-28", null).inYear(2019, "460301"));
        assertThat(ended.inYear(2019, "460301"))
                .isEqualTo(agreement(SUSPENDED, "2014-01-01", null).inYear(2019, "460301"));
        assertThat(ended.inYear(2015, "460301"))
                .isNotEqualTo(agreement(APPROVED, "2015-03-01", null).inYear(2015, "460301"));
        assertThat(ended.inYear(2020, "460301"))
                .isNotEqualTo(agreement(ENROLLING, "2015-02-28", null).inYear(2020, "460301"));
    }

    @Test
    void an_agreement_is_active_in_a_year_if_it_is_active_on_any_day_of_it() {
        assertThat(agreement(APPROVED, "2015-12-31", null).wasActiveIn(2014)).isFalse();
        assertThat(agreement(APPROVED, "2015-12-31", null).wasActiveIn(2015)).isTrue();
        assertThat(agreement(TERMINATED, "2015-12-31", "2020-01-01").wasActiveIn(2020))
                .isFalse();
        assertThat(agreement(TERMINATED, "2015-12-31", "2020-01-02").wasActiveIn(2020))
                .isTrue();
    }

    /** Its headcount was taken and counted, except when the day was the first of January. */
    @ParameterizedTest
    @ValueSource(strings = {"2020-01-01", "2020-05-01", "2020-12-31"})
    void an_agreement_that_ends_on_the_day_of_its_approval_is_active_on_no_day(String day) {
        assertThat(agreement(TERMINATED, day, day).wasActiveIn(2020)).isFalse();
    }
}
