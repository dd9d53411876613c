package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Independent count of mobility, cooperation and standards records with simple filters. */
final class RecordClerk {

    private static final Set<String> HOME_CODES = Set.of("CHN", "HKG", "MAC", "TWN");

    private final DemoHistory history;
    private final Map<String, RecordRow> standards;

    RecordClerk(DemoHistory history) {
        this.history = history;
        this.standards = history.rowsOf(DemoRecordType.STANDARDS)
                .collect(Collectors.toMap(row -> row.province() + "/" + row.sourceId(), Function.identity()));
    }

    /** Returns a published figure by its name, in a year and at its end. */
    long countFigure(String figure, int year) {
        LocalDate end = LocalDate.of(year, 12, 31);
        return switch (figure) {
            case "inbound-students" -> enrolledAt(end).count();
            case "inbound-majors" -> countDistinct(enrolledAt(end), "major");
            case "teachers-in-overseas-organisations" ->
                assignments(year)
                        .filter(hasValue("hostKind", "overseas-organisation"))
                        .mapToLong(row -> row.number("teachers"))
                        .sum();
            case "teacher-training-abroad" ->
                trainingByProvince(year).values().stream().mapToLong(n -> n).sum();
            case "cooperative-institutions" ->
                activeAt(DemoRecordType.INSTITUTIONS, end).count();
            case "cooperative-programmes" ->
                activeAt(DemoRecordType.PROGRAMMES, end).count();
            case "cooperative-majors" -> countDistinct(activeAt(DemoRecordType.PROGRAMMES, end), "major");
            case "sgave-majors" ->
                countDistinct(activeAt(DemoRecordType.PROGRAMMES, end).filter(hasValue("scheme", "sgave")), "major");
            case "sgave-colleges" ->
                countDistinct(activeAt(DemoRecordType.PROGRAMMES, end).filter(hasValue("scheme", "sgave")), "college");
            case "cooperative-students" ->
                history.rowsOf(DemoRecordType.COOPERATIVE_HEADCOUNTS)
                        .filter(hasValue("year", String.valueOf(year)))
                        .mapToLong(row -> row.number("students"))
                        .sum();
            case "standards-adopted-abroad" ->
                adoptedStandards(validAbroadAt(end)).count();
            case "instruction-standards-adopted-abroad" -> countOfKind(validAbroadAt(end), "instruction");
            case "curriculum-standards-adopted-abroad" ->
                curricula(validAbroadAt(end)).count();
            case "curriculum-standards-guangxi" ->
                curricula(validAt(end).filter(row -> row.province().equals("45")))
                        .count();
            case "tanzania-occupational-standards" -> countOfKind(validInTanzaniaAt(end), "occupational");
            case "tanzania-developing-colleges" ->
                adoptedStandards(validInTanzaniaAt(end))
                        .filter(hasValue("kind", "occupational"))
                        .flatMap(RecordClerk::developers)
                        .distinct()
                        .count();
            default -> throw new AssertionError("a published figure that nobody counts: " + figure);
        };
    }

    /** Returns the students from abroad, without those of Hong Kong, Macao and Taiwan and overseas Chinese. */
    Stream<RecordRow> enrolledAt(LocalDate date) {
        return history.rowsOf(DemoRecordType.ENROLMENTS)
                .filter(row -> isActive(row, date, "startedOn", "endedOn"))
                .filter(row -> !HOME_CODES.contains(row.text("nationality")));
    }

    Stream<RecordRow> enrolledFromHomeRegionsAt(LocalDate date) {
        return history.rowsOf(DemoRecordType.ENROLMENTS)
                .filter(row -> isActive(row, date, "startedOn", "endedOn"))
                .filter(row -> HOME_CODES.contains(row.text("nationality")));
    }

    Stream<RecordRow> activeAt(DemoRecordType type, LocalDate date) {
        return history.rowsOf(type).filter(row -> isActive(row, date, "approvedOn", "terminatedOn"));
    }

    Stream<RecordRow> validAt(LocalDate date) {
        return history.rowsOf(DemoRecordType.RECOGNITIONS)
                .filter(row -> isActive(row, date, "decidedOn", "expiresOn", "revokedOn"));
    }

    /** Returns whether a record is active at the end of {@code date}: begun by then, and none of its ends reached. */
    private static boolean isActive(RecordRow row, LocalDate date, String from, String... ends) {
        LocalDate begun = row.date(from);
        if (begun == null || begun.isAfter(date)) {
            return false;
        }
        for (String end : ends) {
            LocalDate ended = row.date(end);
            if (ended != null && !ended.isAfter(date)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the number of colleges with more than ten person-days in a year. */
    long countCollegesAboveTen(DemoRecordType type, String people, int year, Predicate<RecordRow> which) {
        return history
                .rowsOf(type)
                .filter(row -> row.text("startedOn").startsWith(String.valueOf(year)))
                .filter(which)
                .collect(Collectors.groupingBy(
                        row -> row.text("college"), Collectors.summingLong(row -> personDays(row, people))))
                .values()
                .stream()
                .filter(days -> days > 10)
                .count();
    }

    Map<String, Long> trainingByProvince(int year) {
        return assignments(year)
                .filter(hasValue("role", "training"))
                .collect(Collectors.groupingBy(
                        RecordRow::province, Collectors.summingLong(row -> personDays(row, "teachers"))));
    }

    /** Returns the curriculum standards of recognitions, each once. */
    Stream<RecordRow> curricula(Stream<RecordRow> recognitions) {
        return adoptedStandards(recognitions).filter(hasValue("kind", "curriculum"));
    }

    static Stream<String> developers(RecordRow standard) {
        return ((List<?>) standard.fields().getOrDefault("developingColleges", List.of()))
                .stream().map(String::valueOf);
    }

    RecordRow standardOf(RecordRow recognition) {
        return Objects.requireNonNull(standards.get(recognition.province() + "/" + recognition.text("standard")));
    }

    static Predicate<RecordRow> hasValue(String field, String value) {
        return row -> row.text(field).equals(value);
    }

    private Stream<RecordRow> assignments(int year) {
        return history.rowsOf(DemoRecordType.ASSIGNMENTS)
                .filter(row -> row.text("startedOn").startsWith(String.valueOf(year)));
    }

    Stream<RecordRow> validAbroadAt(LocalDate date) {
        return validAt(date).filter(hasValue("country", "CHN").negate());
    }

    private Stream<RecordRow> validInTanzaniaAt(LocalDate date) {
        return validAt(date).filter(hasValue("country", "TZA"));
    }

    private Stream<RecordRow> adoptedStandards(Stream<RecordRow> recognitions) {
        return recognitions.map(this::standardOf).distinct();
    }

    private long countOfKind(Stream<RecordRow> recognitions, String kind) {
        return adoptedStandards(recognitions).filter(hasValue("kind", kind)).count();
    }

    private static long personDays(RecordRow row, String people) {
        return (long) row.number(people) * row.number("days");
    }

    private static long countDistinct(Stream<RecordRow> rows, String field) {
        return rows.map(row -> row.text(field))
                .filter(value -> !value.isEmpty())
                .distinct()
                .count();
    }
}
