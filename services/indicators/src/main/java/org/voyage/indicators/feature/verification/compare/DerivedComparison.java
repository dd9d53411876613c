package org.voyage.indicators.feature.verification.compare;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.feature.verification.recount.FigureRecount;
import org.voyage.indicators.feature.verification.recount.IndependentDeriver;
import org.voyage.indicators.feature.verification.recount.RecountPass;
import org.voyage.indicators.feature.verification.recount.RecountedTotals;
import org.voyage.indicators.query.ResultCell;
import org.voyage.indicators.reference.PublishedSeries;
import org.voyage.indicators.reference.ReferenceData;

/** Comparison of the served values of derived figures with the values that follow from the recounted cells. */
public final class DerivedComparison {

    /** The service computes with 34 digits. */
    private static final BigDecimal EXACT_TOLERANCE = new BigDecimal("1e-20");

    private static final BigDecimal ROUNDED_TOLERANCE = new BigDecimal("0.005").add(EXACT_TOLERANCE);

    private final List<DerivedQuery> questions;
    private final LocalDate today;
    private final int maxShown;
    private final RecountedTotals totals;
    private final IndependentDeriver deriver;
    private final List<DifferingValue> shown = new ArrayList<>();
    private long values;
    private long differing;
    private String hash = "";

    /** @param most maximum number of differences shown */
    public DerivedComparison(List<DerivedQuery> questions, ReferenceData reference, LocalDate today, int most) {
        this.questions = questions;
        this.today = today;
        this.maxShown = most;
        this.totals = new RecountedTotals(reference, today);
        this.deriver = new IndependentDeriver(
                totals,
                (series, year) -> reference.findPublishedNumber(series, year).map(PublishedSeries.SeriesNumber::value));
        IndependentDeriver asking = new IndependentDeriver(counted -> {
            totals.collectKeys(counted);
            return Map.of();
        });
        questions.forEach(question ->
                question.timeRanges(today).values().forEach(span -> asking.computeValues(question.toValueSpec(span))));
    }

    /** @param time name of the time */
    private record DerivedPlace(List<String> codes, String time) {}

    /** A value that differs. */
    public record DifferingValue(
            DerivedQuery question,
            List<String> codes,
            String time,
            @Nullable BigDecimal served,
            @Nullable BigDecimal derived) {}

    /** Adds the recounted cells; all cells must be added before a comparison. */
    public void addCells(List<FigureRecount> recounts, RecountPass.RecountResult counted) throws InterruptedException {
        for (FigureRecount recount : recounts) {
            checkInterrupted();
            totals.sumWanted(
                    recount, counted.cells().getOrDefault(recount.indicator().code(), Map.of()));
        }
    }

    public void compareAll(ServedValues served) throws InterruptedException {
        MessageDigest digest = FiguresSnapshot.newSha256();
        Map<String, List<DerivedQuery>> byFigure = new TreeMap<>();
        questions.forEach(question -> byFigure.computeIfAbsent(question.figure().code(), code -> new ArrayList<>())
                .add(question));
        for (List<DerivedQuery> all : byFigure.values()) {
            List<String> lines = new ArrayList<>();
            for (DerivedQuery question : all) {
                checkInterrupted();
                compareQuery(question, served.valuesOf(question), lines);
            }
            lines.sort(null);
            lines.forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        }
        hash = HexFormat.of().formatHex(digest.digest());
    }

    /** Throws when the proof is interrupted, because the comparison itself never waits. */
    private static void checkInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void compareQuery(DerivedQuery question, List<ResultCell> answer, List<String> lines) {
        Map<DerivedPlace, Optional<BigDecimal>> right = deriveExpected(question);
        for (ResultCell cell : answer) {
            DerivedPlace at = new DerivedPlace(
                    ServedValues.codesOf(cell, question.breakdowns()),
                    question.isByYear() ? cell.coordinates().getOrDefault("year", "") : question.formatPeriod());
            lines.add(hashLine(question, at, cell));
            values++;
            Optional<BigDecimal> derived = right.remove(at);
            if (derived == null || !isEqualEnough(cell, derived.orElse(null))) {
                addDifference(question, at, cell.exact(), derived == null ? null : derived.orElse(null));
            }
        }
        values += right.size();
        right.forEach((at, derived) -> addDifference(question, at, null, derived.orElse(null)));
    }

    /**
     * Derives the expected values; empty where the service answers without a value, as for the nation in a year without
     * one.
     */
    private Map<DerivedPlace, Optional<BigDecimal>> deriveExpected(DerivedQuery question) {
        Map<DerivedPlace, Optional<BigDecimal>> right = new HashMap<>();
        question.timeRanges(today).forEach((time, span) -> {
            if (question.breakdowns().isEmpty()) {
                right.put(
                        new DerivedPlace(List.of(), time),
                        question.figure().isCount() ? Optional.of(BigDecimal.ZERO) : Optional.empty());
            }
            deriver.computeValues(question.toValueSpec(span))
                    .forEach((codes, value) -> right.put(new DerivedPlace(codes, time), Optional.of(value)));
        });
        return right;
    }

    private static boolean isEqualEnough(ResultCell cell, @Nullable BigDecimal derived) {
        BigDecimal exact = cell.exact();
        BigDecimal rounded = cell.shownValue();
        if (exact == null || rounded == null || derived == null) {
            return exact == null && rounded == null && derived == null;
        }
        return exact.subtract(derived).abs().compareTo(EXACT_TOLERANCE) <= 0
                && rounded.subtract(derived).abs().compareTo(ROUNDED_TOLERANCE) <= 0;
    }

    private void addDifference(
            DerivedQuery question, DerivedPlace at, @Nullable BigDecimal served, @Nullable BigDecimal derived) {
        differing++;
        if (shown.size() < maxShown) {
            shown.add(new DifferingValue(question, at.codes(), at.time(), served, derived));
        }
    }

    private static String hashLine(DerivedQuery question, DerivedPlace at, ResultCell cell) {
        StringBuilder line = new StringBuilder(question.figure().code());
        placeOf(question, at.codes(), at.time())
                .forEach((name, code) ->
                        line.append('\t').append(name).append('=').append(code));
        BigDecimal shown = cell.shownValue();
        return line.append('\t')
                .append(shown == null ? "" : shown.toPlainString())
                .append('\n')
                .toString();
    }

    /** Returns the codes of a value by breakdown, and its time. */
    static Map<String, String> placeOf(DerivedQuery question, List<String> codes, String time) {
        Map<String, String> at = new LinkedHashMap<>();
        for (int i = 0; i < codes.size(); i++) {
            at.put(question.breakdowns().get(i), codes.get(i));
        }
        at.put(question.timeName(), time);
        return at;
    }

    public List<DerivedQuery> questions() {
        return questions;
    }

    /** Returns the number of recomputed figures. */
    public int countFigures() {
        return (int) questions.stream()
                .map(DerivedQuery::figure)
                .map(DerivedFigure::code)
                .distinct()
                .count();
    }

    /** Returns the number of compared values, including missing ones. */
    public long values() {
        return values;
    }

    public long differingValueCount() {
        return differing;
    }

    public List<DifferingValue> shown() {
        return shown;
    }

    /** Returns the operands of derived figures, from the recounted cells. */
    public RecountedTotals totals() {
        return totals;
    }

    /**
     * Returns SHA-256 over one line for each served value, {@code figure TAB name=code TAB … TAB value LF}, the value
     * as shown. Figures are in the order of their codes, the lines of a figure in the order of their texts.
     */
    public String hash() {
        return hash;
    }
}
