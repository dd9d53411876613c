package org.voyage.indicators.feature.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeStatusTest {

    @ParameterizedTest
    @CsvSource({
        "3, 5000, FEWER",
        "2499, 5000, FEWER",
        "2500, 5000, AS_EXPECTED",
        "10000, 5000, AS_EXPECTED",
        "10001, 5000, MORE",
        "5000, 3, MORE",
        "9, 20, FEWER",
        "0, 19, AS_EXPECTED",
        "20, 0, MORE",
        "19, 0, AS_EXPECTED",
    })
    void below_half_is_fewer_and_above_twice_is_more_unless_both_are_few(
            long there, long expected, VolumeStatus amount) {
        assertThat(VolumeStatus.compare(there, expected)).isEqualTo(amount);
    }
}
