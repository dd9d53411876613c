package org.voyage.standards.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecognitionTest {

    private static Recognition recognition(@Nullable LocalDate expires, @Nullable LocalDate revoked) {
        return new Recognition(
                "S", "TZA", "VETA", RecognitionLevel.CERTIFIED, LocalDate.of(2018, 2, 28), expires, revoked, null);
    }

    @Test
    void it_counts_until_the_earlier_of_expiry_and_revocation() {
        LocalDate early = LocalDate.of(2020, 2, 29);
        LocalDate late = LocalDate.of(2022, 1, 1);
        for (Recognition ended : new Recognition[] {recognition(early, late), recognition(late, early)}) {
            assertThat(RecognitionService.inYear(ended, 2017)).isNull();
            assertThat(RecognitionService.inYear(ended, 2018)).isNotNull();
            assertThat(RecognitionService.inYear(ended, 2020)).isNotNull();
            assertThat(RecognitionService.inYear(ended, 2021)).isNull();
        }
        assertThat(RecognitionService.inYear(recognition(null, null), 2100)).isNotNull();
        assertThat(RecognitionService.inYear(recognition(late, null), 2022)).isNotNull();
        assertThat(RecognitionService.inYear(recognition(null, early), 2021)).isNull();
    }

    @Test
    void a_year_does_not_see_an_end_in_another_year() {
        assertThat(RecognitionService.inYear(recognition(null, LocalDate.of(2021, 1, 1)), 2020))
                .isEqualTo(RecognitionService.inYear(recognition(null, null), 2020));
        assertThat(RecognitionService.inYear(recognition(null, LocalDate.of(2020, 12, 31)), 2020))
                .isNotEqualTo(RecognitionService.inYear(recognition(null, null), 2020));
    }
}
