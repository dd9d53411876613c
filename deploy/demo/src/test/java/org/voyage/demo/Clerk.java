package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts the records of mobility, cooperation and standards with nothing but filters. */
final class Clerk {

    private final History history;
    private final Map<String, Row> standards;

    Clerk(History history) {
        this.history = history;
        this.standards = history.rows(RecordType.STANDARDS)
                .collect(Collectors.toMap(row -> row.province() + "/" + row.sourceId(), Function.identity()));
    }

    /** A published figure by its name, in a year and at its end. */
    long count(String figure, int year) {
        LocalDate end = LocalDate.of(year, 12, 31);
        return switch (figure) {
            case "inbound-students" -> enrolled(end).count();
            case "inbound-majors" -> distinct(enrolled(end), "major");
            case "teachers-in-overseas-organisations" ->
                assignments(year)
                        .filter(with("hostKind", "overseas-organisation"))
                        .mapToLong(row -> row.number("teachers"))
                        .sum();
            case "teacher-training-abroad" ->
                trainingByProvince(year).values().stream().mapToLong(n -> n).sum();
            case "cooperative-institutions" ->
                standing(RecordType.INSTITUTIONS, end).count();
            case "cooperative-programmes" ->
                standing(RecordType.PROGRAMMES, end).count();
            case "cooperative-majors" -> distinct(standing(RecordType.PROGRAMMES, end), "major");
            case "sgave-majors" ->
                distinct(standing(RecordType.PROGRAMMES, end).filter(with("scheme", "sgave")), "major");
            case "sgave-colleges" ->
                distinct(standing(RecordType.PROGRAMMES, end).filter(with("scheme", "sgave")), "college");
            case "cooperative-students" ->
                history.rows(RecordType.COOPERATIVE_HEADCOUNTS)
                        .filter(with("year", String.valueOf(year)))
                        .mapToLong(row -> row.number("students"))
                        .sum();
            case "standards-adopted-abroad" -> adoptedStandards(abroad(end)).count();
            case "instruction-standards-adopted-abroad" -> ofKind(abroad(end), "instruction");
            case "curriculum-standards-adopted-abroad" -> curricula(abroad(end)).count();
            case "curriculum-standards-guangxi" ->
                curricula(holding(end).filter(row -> row.province().equals("45")))
                        .count();
            case "tanzania-occupational-standards" -> ofKind(tanzania(end), "occupational");
            case "tanzania-developing-colleges" ->
                adoptedStandards(tanzania(end))
                        .filter(with("kind", "occupational"))
                        .flatMap(Clerk::developers)
                        .distinct()
                        .count();
            default -> throw new AssertionError("a published figure that nobody counts: " + figure);
        };
    }

    Stream<Row> enrolled(LocalDate date) {
        return history.rows(RecordType.ENROLMENTS).filter(row -> row.standsAt(date, "startedOn", "endedOn"));
    }

    Stream<Row> standing(RecordType type, LocalDate date) {
        return history.rows(type).filter(row -> row.standsAt(date, "approvedOn", "terminatedOn"));
    }

    Stream<Row> holding(LocalDate date) {
        return history.rows(RecordType.RECOGNITIONS)
                .filter(row -> row.standsAt(date, "decidedOn", "expiresOn", "revokedOn"));
    }

    /** Colleges with more than ten person-days in a year. */
    long collegesAboveTen(RecordType type, String people, int year, Predicate<Row> which) {
        return history
                .rows(type)
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
                .filter(with("role", "training"))
                .collect(Collectors.groupingBy(
                        Row::province, Collectors.summingLong(row -> personDays(row, "teachers"))));
    }

    /** The curriculum standards of recognitions, each once. */
    Stream<Row> curricula(Stream<Row> recognitions) {
        return adoptedStandards(recognitions).filter(with("kind", "curriculum"));
    }

    static Stream<String> developers(Row standard) {
        return ((List<?>) standard.fields().getOrDefault("developingColleges", List.of()))
                .stream().map(String::valueOf);
    }

    Row standardOf(Row recognition) {
        return Objects.requireNonNull(standards.get(recognition.province() + "/" + recognition.text("standard")));
    }

    static Predicate<Row> with(String field, String value) {
        return row -> row.text(field).equals(value);
    }

    private Stream<Row> assignments(int year) {
        return history.rows(RecordType.ASSIGNMENTS)
                .filter(row -> row.text("startedOn").startsWith(String.valueOf(year)));
    }

    Stream<Row> abroad(LocalDate date) {
        return holding(date).filter(with("country", "CHN").negate());
    }

    private Stream<Row> tanzania(LocalDate date) {
        return holding(date).filter(with("country", "TZA"));
    }

    private Stream<Row> adoptedStandards(Stream<Row> recognitions) {
        return recognitions.map(this::standardOf).distinct();
    }

    private long ofKind(Stream<Row> recognitions, String kind) {
        return adoptedStandards(recognitions).filter(with("kind", kind)).count();
    }

    private static long personDays(Row row, String people) {
        return (long) row.number(people) * row.number("days");
    }

    private static long distinct(Stream<Row> rows, String field) {
        return rows.map(row -> row.text(field))
                .filter(value -> !value.isEmpty())
                .distinct()
                .count();
    }
}
