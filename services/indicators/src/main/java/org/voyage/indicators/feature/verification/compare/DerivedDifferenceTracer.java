package org.voyage.indicators.feature.verification.compare;

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
import org.voyage.indicators.feature.verification.compare.DerivedComparison.DifferingValue;
import org.voyage.indicators.feature.verification.recount.DateRange;
import org.voyage.indicators.feature.verification.recount.IndependentDeriver;
import org.voyage.indicators.feature.verification.recount.RecountedTotals;
import org.voyage.indicators.feature.verification.recount.ValueSpec;

/** Tracer of the differing values of derived figures: it reports them, and whether their operands differ too. */
public final class DerivedDifferenceTracer {

    private static final int MAX_REPORTED_PARTS = 20;

    private final ServedValues served;
    private final RecountedTotals totals;
    private final LocalDate today;
    /** The counted figures with differing cells. */
    private final Set<String> differing;

    private final Map<ValueSpec, Map<List<String>, BigDecimal>> answers = new HashMap<>();

    public DerivedDifferenceTracer(
            ServedValues served, RecountedTotals totals, LocalDate today, Set<String> differing) {
        this.served = served;
        this.totals = totals;
        this.today = today;
        this.differing = differing;
    }

    public DerivedDifference traceValue(DifferingValue unlike) {
        DerivedQuery question = unlike.question();
        Map<String, String> at = DerivedComparison.placeOf(question, unlike.codes(), unlike.time());
        List<DerivedPart> parts = new ArrayList<>();
        DateRange span = question.timeRanges(today).get(unlike.time());
        if (span != null) {
            new IndependentDeriver(counted -> {
                        parts.addAll(compareParts(counted, at));
                        return Map.of();
                    })
                    .computeValues(question.toValueSpec(span));
        }
        parts.sort(Comparator.comparing(part -> !part.differs()));
        return new DerivedDifference(
                question.figure().code(),
                at,
                unlike.served(),
                unlike.derived(),
                findOrigin(parts),
                List.copyOf(parts.subList(0, Math.min(parts.size(), MAX_REPORTED_PARTS))));
    }

    private DerivedOrigin findOrigin(List<DerivedPart> parts) {
        List<DerivedPart> unlike = parts.stream().filter(DerivedPart::differs).toList();
        if (unlike.isEmpty()) {
            return DerivedOrigin.DERIVATION;
        }
        return unlike.stream().map(DerivedPart::indicator).anyMatch(differing::contains)
                ? DerivedOrigin.CELLS
                : DerivedOrigin.SUMS;
    }

    /** Compares the served with the recounted operand at a place: one value, or one for each code. */
    private List<DerivedPart> compareParts(ValueSpec counted, Map<String, String> place) {
        Map<List<String>, BigDecimal> answered = answers.computeIfAbsent(counted, served::valuesOf);
        Map<List<String>, BigDecimal> recounted = totals.valuesOf(counted);
        Set<List<String>> all = new HashSet<>(answered.keySet());
        all.addAll(recounted.keySet());
        if (place.keySet().containsAll(counted.breakdowns())) {
            all.add(counted.breakdowns().stream()
                    .map(name -> place.getOrDefault(name, ""))
                    .toList());
        }
        List<DerivedPart> parts = new ArrayList<>();
        for (List<String> codes : all) {
            Map<String, String> at = new LinkedHashMap<>();
            for (int i = 0; i < codes.size(); i++) {
                at.put(counted.breakdowns().get(i), codes.get(i));
            }
            if (at.entrySet().stream()
                    .allMatch(code ->
                            place.getOrDefault(code.getKey(), code.getValue()).equals(code.getValue()))) {
                parts.add(new DerivedPart(
                        counted.role(),
                        counted.figure().code(),
                        placeOf(at, counted),
                        answered.getOrDefault(codes, BigDecimal.ZERO),
                        recounted.getOrDefault(codes, BigDecimal.ZERO)));
            }
        }
        return parts;
    }

    private static Map<String, String> placeOf(Map<String, String> codes, ValueSpec counted) {
        Map<String, String> at = new LinkedHashMap<>(codes);
        counted.conditions().forEach((dimension, some) -> at.put(dimension, String.join(",", some)));
        if (counted.figure().isStock()) {
            at.put("date", counted.dates().to().toString());
        } else {
            at.put("from", counted.dates().from().toString());
            at.put("to", counted.dates().to().toString());
        }
        return at;
    }
}
