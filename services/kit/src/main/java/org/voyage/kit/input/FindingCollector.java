package org.voyage.kit.input;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.RuleVerdict;

/** Collector of the findings of a reader and of the readers of its inner objects. */
final class FindingCollector {

    /** A code with limited validity, and its place in the object. */
    private record TemporaryCodeUse(String pointer, String code, ValidityPeriod validity) {}

    private final List<Finding> findings = new ArrayList<>(0);
    private final List<Finding> warnings = new ArrayList<>(0);
    private final UnknownPropertyValues strangers = new UnknownPropertyValues();
    private @Nullable List<TemporaryCodeUse> passing;
    private Function<String, RuleVerdict> judge;

    FindingCollector(RuleVerdict ofRules) {
        this.judge = rule -> ofRules;
    }

    void setRules(Function<String, RuleVerdict> rules) {
        this.judge = rules;
    }

    List<Finding> findings() {
        return findings;
    }

    List<Finding> warnings() {
        return warnings;
    }

    UnknownPropertyValues unknownValues() {
        return strangers;
    }

    void addFinding(Finding finding) {
        findings.add(finding);
    }

    /** Replaces the findings about missing fields that were added after the first ones. */
    void replaceMissing(int after, UnaryOperator<Finding> replacement) {
        findings.subList(after, findings.size())
                .replaceAll(finding -> finding.rule().equals("required") ? replacement.apply(finding) : finding);
    }

    /** Adds a finding whose rule may have another verdict than refusal. */
    void addJudged(Finding finding) {
        switch (judge.apply(finding.rule())) {
            case REFUSE -> findings.add(finding);
            case WARN -> warnings.add(finding);
            case IGNORE -> {}
        }
    }

    void addCode(String pointer, String code, @Nullable ValidityPeriod validity) {
        if (validity == null) {
            return;
        }
        if (passing == null) {
            passing = new ArrayList<>();
        }
        passing.add(new TemporaryCodeUse(pointer, code, validity));
    }

    void requireCodesValidOn(LocalDate day) {
        if (passing == null) {
            return;
        }
        for (TemporaryCodeUse code : passing) {
            if (!code.validity().holdsOn(day)) {
                addJudged(expiredCodeFinding(code, day));
            }
        }
    }

    private static Finding expiredCodeFinding(TemporaryCodeUse code, LocalDate day) {
        ValidityPeriod its = code.validity();
        boolean early = its.from() != null && day.isBefore(its.from());
        String others = early == its.hasEnded() ? "" : String.join(", ", its.others());
        return new Finding(
                code.pointer(),
                "code-not-valid-on-date",
                code.code() + (early ? " holds from " + its.from() : " held until " + lastDayOf(its)) + ", not on "
                        + day + "."
                        + (others.isEmpty() ? "" : (early ? " Before: " : " Its successors: ") + others + "."),
                "代码 " + code.code() + (early ? " 自 " + its.from() + " 起有效" : " 已于 " + its.until() + " 失效") + "，在 " + day
                        + " 不可用。" + (others.isEmpty() ? "" : (early ? "此前代码：" : "后继代码：") + others + "。"));
    }

    private static @Nullable LocalDate lastDayOf(ValidityPeriod validity) {
        LocalDate until = validity.until();
        return until == null ? null : until.minusDays(1);
    }
}
