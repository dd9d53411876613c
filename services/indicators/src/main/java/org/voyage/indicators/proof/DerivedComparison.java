package org.voyage.indicators.proof;

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
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.reference.Reference;

/** Compares what is answered about derived figures with what follows from the cells that were counted again. */
final class DerivedComparison {

    /** The service works with 34 digits. */
    private static final BigDecimal TINY = new BigDecimal("1e-20");

    private static final BigDecimal ROUNDED = new BigDecimal("0.005").add(TINY);

    private final List<Question> questions;
    private final LocalDate today;
    private final int most;
    private final Totals totals;
    private final Deriver deriver;
    private final List<Unlike> shown = new ArrayList<>();
    private long values;
    private long differing;
    private String hash = "";

    /** @param most the most differences that are shown */
    DerivedComparison(List<Question> questions, Reference reference, LocalDate today, int most) {
        this.questions = questions;
        this.today = today;
        this.most = most;
        this.totals = new Totals(reference, today);
        this.deriver = new Deriver(totals);
        Deriver asking = new Deriver(counted -> {
            totals.want(counted);
            return Map.of();
        });
        questions.forEach(question -> question.times(today).values().forEach(span -> asking.values(question.at(span))));
    }

    /** @param time by its name */
    private record Place(List<String> codes, String time) {}

    /** A value that differs. */
    record Unlike(
            Question question,
            List<String> codes,
            String time,
            @Nullable BigDecimal served,
            @Nullable BigDecimal derived) {}

    /** Takes the cells of the figures that were counted again; of all before anything is compared. */
    void take(List<Recount> recounts, Road.Counted counted) throws InterruptedException {
        for (Recount recount : recounts) {
            goOn();
            totals.take(
                    recount, counted.cells().getOrDefault(recount.indicator().code(), Map.of()));
        }
    }

    void compare(Served served) throws InterruptedException {
        MessageDigest digest = Frozen.sha256();
        Map<String, List<Question>> byFigure = new TreeMap<>();
        questions.forEach(question -> byFigure.computeIfAbsent(question.figure().code(), code -> new ArrayList<>())
                .add(question));
        for (List<Question> all : byFigure.values()) {
            List<String> lines = new ArrayList<>();
            for (Question question : all) {
                goOn();
                compare(question, served.values(question), lines);
            }
            lines.sort(null);
            lines.forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
        }
        hash = HexFormat.of().formatHex(digest.digest());
    }

    /** Nothing here waits: whoever stops the proof is heard in between. */
    private static void goOn() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void compare(Question question, List<Cell> answer, List<String> lines) {
        Map<Place, Optional<BigDecimal>> right = right(question);
        for (Cell cell : answer) {
            Place at = new Place(
                    Served.codes(cell, question.by()),
                    question.byYear() ? cell.at().getOrDefault("year", "") : question.period());
            lines.add(line(question, at, cell));
            values++;
            Optional<BigDecimal> derived = right.remove(at);
            if (derived == null || !agree(cell, derived.orElse(null))) {
                differs(question, at, cell.exact(), derived == null ? null : derived.orElse(null));
            }
        }
        values += right.size();
        right.forEach((at, derived) -> differs(question, at, null, derived.orElse(null)));
    }

    /** Empty where an answer says that there is no value: of the whole nation it tells every year. */
    private Map<Place, Optional<BigDecimal>> right(Question question) {
        Map<Place, Optional<BigDecimal>> right = new HashMap<>();
        question.times(today).forEach((time, span) -> {
            if (question.by().isEmpty()) {
                right.put(
                        new Place(List.of(), time),
                        question.figure().isCount() ? Optional.of(BigDecimal.ZERO) : Optional.empty());
            }
            deriver.values(question.at(span))
                    .forEach((codes, value) -> right.put(new Place(codes, time), Optional.of(value)));
        });
        return right;
    }

    private static boolean agree(Cell cell, @Nullable BigDecimal derived) {
        BigDecimal exact = cell.exact();
        BigDecimal rounded = cell.shown();
        if (exact == null || rounded == null || derived == null) {
            return exact == null && rounded == null && derived == null;
        }
        return exact.subtract(derived).abs().compareTo(TINY) <= 0
                && rounded.subtract(derived).abs().compareTo(ROUNDED) <= 0;
    }

    private void differs(Question question, Place at, @Nullable BigDecimal served, @Nullable BigDecimal derived) {
        differing++;
        if (shown.size() < most) {
            shown.add(new Unlike(question, at.codes(), at.time(), served, derived));
        }
    }

    private static String line(Question question, Place at, Cell cell) {
        StringBuilder line = new StringBuilder(question.figure().code());
        at(question, at.codes(), at.time())
                .forEach((name, code) ->
                        line.append('\t').append(name).append('=').append(code));
        BigDecimal shown = cell.shown();
        return line.append('\t')
                .append(shown == null ? "" : shown.toPlainString())
                .append('\n')
                .toString();
    }

    /** The codes of a value by what it is split by, and its time. */
    static Map<String, String> at(Question question, List<String> codes, String time) {
        Map<String, String> at = new LinkedHashMap<>();
        for (int i = 0; i < codes.size(); i++) {
            at.put(question.by().get(i), codes.get(i));
        }
        at.put(question.timeName(), time);
        return at;
    }

    List<Question> questions() {
        return questions;
    }

    /** How many figures were derived again. */
    int figures() {
        return (int) questions.stream()
                .map(Question::figure)
                .map(Derived::code)
                .distinct()
                .count();
    }

    /** How many values were compared, those that should be there included. */
    long values() {
        return values;
    }

    long differing() {
        return differing;
    }

    List<Unlike> shown() {
        return shown;
    }

    /** By cells that were counted again, what derived figures are made of. */
    Totals totals() {
        return totals;
    }

    /**
     * SHA-256 over one line for each value that was answered, {@code figure TAB name=code TAB … TAB value LF}, the value as it
     * is shown; figures in the order of their codes, the lines of a figure in the order of their texts.
     */
    String hash() {
        return hash;
    }
}
