package org.voyage.kit.record.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.record.PlausibilityMeasure;
import org.voyage.kit.record.RecordJson;
import org.voyage.kit.record.RecordType;
import org.voyage.kit.rules.RulesConfig;

class NationalAmountCheckTest {
    private static final Instant AT = Instant.parse("2026-11-30T02:05:00Z");
    private static final RulesConfig LIMITS = new FixedLimits(Optional.empty(), 5, 100, Duration.ZERO);

    private record FixedLimits(Optional<Path> folder, long jumpFactor, long jumpLeast, Duration compareEvery)
            implements RulesConfig {}

    private record School(int year, long students) {}

    private static final class SchoolJson implements RecordJson<School> {
        @Override
        public School readFields(FieldReader in) {
            return new School((int) in.readInteger("year", 0, 9999), in.readInteger("students", 0, 1_000_000));
        }

        @Override
        public @Nullable LocalDate referenceDay(School record) {
            return null;
        }

        @Override
        public void writeRecord(School record, JsonGenerator out) throws IOException {
            out.writeNumberField("year", record.year());
            out.writeNumberField("students", record.students());
        }
    }

    private static final RecordType<School> TYPE = new RecordType<>("schools", "school", "schools", new SchoolJson())
            .withReportingYear("year", School::year)
            .withAmount(new PlausibilityMeasure<>("students", School::students, null));

    private static List<Finding> check(
            NationalAmounts.@Nullable AmountsOfType stored, long students, @Nullable Long before) {
        return new NationalAmountCheck<>(TYPE, stored, LIMITS)
                .findOutliers(new School(2025, students), before == null ? null : new School(2025, before));
    }

    private static NationalAmounts.AmountsOfType stored(long records, long largest, long sum) {
        return new NationalAmounts.AmountsOfType(
                Map.of(2025, new NationalAmounts.YearAmounts(records, largest, sum)), AT);
    }

    @Test
    void a_number_far_above_the_largest_of_all_warns_in_both_languages_and_does_not_say_the_largest() {
        assertThat(check(stored(100, 4_000, 1_000_000), 48_001, null))
                .containsExactly(new Finding(
                        "/students",
                        "larger-than-any",
                        "\"48001\" is more than 5 times the largest number of all records.",
                        "“48001”超过全部记录中最大值的 5 倍。"));
        assertThat(check(stored(100, 4_000, 1_000_000), 20_000, null)).isEmpty();
        assertThat(check(stored(100, 10, 1_000_000), 99, null)).isEmpty();
    }

    @Test
    void senders_learn_only_the_first_digit_of_the_largest_number() {
        for (long largest : new long[] {3_001, 3_777, 4_000}) {
            assertThat(check(stored(100, largest, 1_000_000), 20_000, null))
                    .as("largest %d", largest)
                    .isEmpty();
            assertThat(check(stored(100, largest, 1_000_000), 20_001, null))
                    .as("largest %d", largest)
                    .singleElement()
                    .satisfies(warning ->
                            assertThat(warning.detail() + warning.detailZh()).doesNotContain("3001", "3777", "4000"));
        }
    }

    @Test
    void a_number_that_is_a_large_part_of_the_nation_warns() {
        assertThat(check(stored(100, 40_000, 100_000), 20_001, null))
                .extracting(Finding::rule)
                .containsExactly("large-part-of-nation");
        assertThat(check(stored(100, 40_000, 100_000), 20_000, null)).isEmpty();
    }

    @Test
    void the_first_records_and_unknown_sums_are_compared_with_nothing() {
        assertThat(check(stored(99, 10, 1_000), 48_000, null)).isEmpty();
        assertThat(check(null, 48_000, null)).isEmpty();
    }

    @Test
    void a_correction_near_the_number_before_does_not_warn_again() {
        assertThat(check(stored(100, 4_000, 10_000), 48_001, 48_000L)).isEmpty();
        assertThat(check(stored(100, 4_000, 10_000), 48_000, 480L)).hasSize(2);
    }
}
