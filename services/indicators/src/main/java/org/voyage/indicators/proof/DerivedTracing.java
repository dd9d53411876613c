package org.voyage.indicators.proof;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.proof.DerivedComparison.Unlike;

/** Tells the differing values of derived figures, and whether what they are made of differs too. */
final class DerivedTracing {

    private static final int MOST_PARTS = 20;

    private final Served served;
    private final Totals totals;
    private final LocalDate today;
    /** The counted figures some of whose cells differ. */
    private final Set<String> differing;

    private final Map<Sought, Map<List<String>, BigDecimal>> answers = new HashMap<>();

    DerivedTracing(Served served, Totals totals, LocalDate today, Set<String> differing) {
        this.served = served;
        this.totals = totals;
        this.today = today;
        this.differing = differing;
    }

    DerivedDifference trace(Unlike unlike) {
        Question question = unlike.question();
        Map<String, String> at = DerivedComparison.at(question, unlike.codes(), unlike.time());
        List<DerivedPart> parts = new ArrayList<>();
        Span span = question.times(today).get(unlike.time());
        if (span != null) {
            new Deriver(counted -> {
                        parts.addAll(parts(counted, at));
                        return Map.of();
                    })
                    .values(question.at(span));
        }
        parts.sort(Comparator.comparing(part -> !part.differs()));
        return new DerivedDifference(
                question.figure().code(),
                at,
                unlike.served(),
                unlike.derived(),
                origin(parts),
                List.copyOf(parts.subList(0, Math.min(parts.size(), MOST_PARTS))));
    }

    private DerivedOrigin origin(List<DerivedPart> parts) {
        List<DerivedPart> unlike = parts.stream().filter(DerivedPart::differs).toList();
        if (unlike.isEmpty()) {
            return DerivedOrigin.DERIVATION;
        }
        return unlike.stream().map(DerivedPart::indicator).anyMatch(differing::contains)
                ? DerivedOrigin.CELLS
                : DerivedOrigin.SUMS;
    }

    /** What a counted figure gives to the value at a place: one value, or one for each code that is looked at. */
    private List<DerivedPart> parts(Sought counted, Map<String, String> place) {
        Map<List<String>, BigDecimal> answered = answers.computeIfAbsent(counted, served::values);
        Map<List<String>, BigDecimal> recounted = totals.of(counted);
        Set<List<String>> all = new HashSet<>(answered.keySet());
        all.addAll(recounted.keySet());
        if (place.keySet().containsAll(counted.by())) {
            all.add(counted.by().stream()
                    .map(name -> place.getOrDefault(name, ""))
                    .toList());
        }
        List<DerivedPart> parts = new ArrayList<>();
        for (List<String> codes : all) {
            Map<String, String> at = new LinkedHashMap<>();
            for (int i = 0; i < codes.size(); i++) {
                at.put(counted.by().get(i), codes.get(i));
            }
            if (at.entrySet().stream()
                    .allMatch(code ->
                            place.getOrDefault(code.getKey(), code.getValue()).equals(code.getValue()))) {
                parts.add(new DerivedPart(
                        counted.role(),
                        counted.figure().code(),
                        at(at, counted),
                        answered.getOrDefault(codes, BigDecimal.ZERO),
                        recounted.getOrDefault(codes, BigDecimal.ZERO)));
            }
        }
        return parts;
    }

    private static Map<String, String> at(Map<String, String> codes, Sought counted) {
        Map<String, String> at = new LinkedHashMap<>(codes);
        counted.where().forEach((dimension, some) -> at.put(dimension, String.join(",", some)));
        if (counted.figure().isStock()) {
            at.put("date", counted.span().to().toString());
        } else {
            at.put("from", counted.span().from().toString());
            at.put("to", counted.span().to().toString());
        }
        return at;
    }
}
