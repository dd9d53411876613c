package org.voyage.kit.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a reader and those of its inner objects have found so far. */
final class Found {

    /** A code that does not hold for ever, and where it stood. */
    private record Passing(String pointer, String code, Validity validity) {}

    private final List<Finding> findings = new ArrayList<>(0);
    private final List<Finding> warnings = new ArrayList<>(0);
    private final Strangers strangers = new Strangers();
    private @Nullable List<Passing> passing;
    private Function<String, Verdict> judge;

    Found(Verdict ofRules) {
        this.judge = rule -> ofRules;
    }

    void judgedBy(Function<String, Verdict> rules) {
        this.judge = rules;
    }

    List<Finding> findings() {
        return findings;
    }

    List<Finding> warnings() {
        return warnings;
    }

    Strangers strangers() {
        return strangers;
    }

    void add(Finding finding) {
        findings.add(finding);
    }

    /** What breaks a rule that can be softened. */
    void judge(Finding finding) {
        switch (judge.apply(finding.rule())) {
            case REFUSE -> findings.add(finding);
            case WARN -> warnings.add(finding);
            case IGNORE -> {}
        }
    }

    void read(String pointer, String code, @Nullable Validity validity) {
        if (validity == null) {
            return;
        }
        if (passing == null) {
            passing = new ArrayList<>();
        }
        passing.add(new Passing(pointer, code, validity));
    }

    void requireCodesOn(LocalDate day) {
        if (passing == null) {
            return;
        }
        for (Passing code : passing) {
            if (!code.validity().holdsOn(day)) {
                judge(notOn(code, day));
            }
        }
    }

    private static Finding notOn(Passing code, LocalDate day) {
        Validity its = code.validity();
        boolean early = its.from() != null && day.isBefore(its.from());
        String others = early == its.ended() ? "" : String.join(", ", its.others());
        return new Finding(
                code.pointer(),
                "code-not-valid-on-date",
                code.code() + (early ? " holds from " + its.from() : " held until " + lastDay(its)) + ", not on " + day
                        + "." + (others.isEmpty() ? "" : (early ? " Before: " : " Its successors: ") + others + "."),
                "代码 " + code.code() + (early ? " 自 " + its.from() + " 起有效" : " 已于 " + its.until() + " 失效") + "，在 " + day
                        + " 不可用。" + (others.isEmpty() ? "" : (early ? "此前代码：" : "后继代码：") + others + "。"));
    }

    private static @Nullable LocalDate lastDay(Validity validity) {
        LocalDate until = validity.until();
        return until == null ? null : until.minusDays(1);
    }
}
