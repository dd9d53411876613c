package org.voyage.indicators.published;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.published.PublishedLine.SetVersion;
import org.voyage.indicators.query.Wrong;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Checks every line of a file against the figures that are here; a file is taken as a whole or not at all. */
@ApplicationScoped
class PublishedCheck {

    private static final String PERCENT = "percent";

    private final PublishedQuestions questions;
    private final List<String> topics;
    private final Clock clock;

    PublishedCheck(PublishedQuestions questions, IndicatorsConfig config, Clock clock) {
        this.questions = questions;
        this.topics = config.topics();
        this.clock = clock;
    }

    /** @throws Refusal.Invalid with all that is wrong, by line and column */
    List<PublishedLine> lines(byte[] csv, SetVersion of, Optional<LocalDate> publishedOn) {
        PublishedFile file = PublishedFile.of(csv);
        List<PublishedReader.Read> read = PublishedReader.read(file, of, publishedOn);
        read.forEach(each -> check(each.row(), each.line()));
        if (!file.findings().isEmpty()) {
            List<Finding> findings = new ArrayList<>(file.findings());
            findings.sort((a, b) -> Long.compare(line(a), line(b)));
            throw new Refusal.Invalid(findings);
        }
        return read.stream().map(PublishedReader.Read::line).toList();
    }

    private static long line(Finding finding) {
        String[] parts = finding.pointer().split("/", -1);
        return parts.length < 2 ? 0 : Long.parseLong(parts[1]);
    }

    private void check(PublishedRow row, PublishedLine line) {
        LocalDate today = LocalDate.now(clock);
        if (row.has(PublishedColumn.PUBLISHED_ON)
                && line.publishedOn().filter(today::isBefore).isPresent()) {
            row.refuse(PublishedColumn.PUBLISHED_ON, "date-future", "this day has not come yet.", "该日期尚未到来。");
        }
        if (line.indicator().isEmpty()) {
            if (row.has(PublishedColumn.SLICE)) {
                row.refuse(
                        PublishedColumn.INDICATOR,
                        "required",
                        "a slice is a question to an indicator; name it.",
                        "slice 须与 indicator 一起填写。");
            }
            return;
        }
        questions
                .figure(line)
                .ifPresentOrElse(
                        figure -> check(row, line, figure),
                        () -> row.refuse(
                                PublishedColumn.INDICATOR,
                                "indicator-unknown",
                                Wrong.code("indicator", line.indicator().get(), questions.codes())
                                        .detail(),
                                Wrong.code("indicator", line.indicator().get(), questions.codes())
                                        .detailZh()));
    }

    private void check(PublishedRow row, PublishedLine line, Figure figure) {
        Set<String> services = services(figure);
        if (!services.contains(line.service())) {
            row.refuse(
                    PublishedColumn.SERVICE,
                    "service",
                    figure.code() + " is computed from records of " + String.join(", ", services) + ".",
                    figure.code() + " 由 " + String.join("、", services) + " 的记录计算。");
        }
        boolean percent = figure.unit().code().equals(PERCENT);
        if (percent != line.unit().startsWith(PERCENT)) {
            row.refuse(
                    PublishedColumn.UNIT,
                    "unit",
                    figure.code() + " is in " + figure.unit().en() + ".",
                    figure.code() + " 的单位为 " + figure.unit().zh() + "。");
        }
        try {
            questions.read(figure, line);
        } catch (Refusal.Malformed e) {
            Optional<Finding> why = e.findings().stream().findFirst();
            row.refuse(
                    PublishedColumn.SLICE,
                    why.map(Finding::rule).orElse("slice"),
                    figure.code() + " cannot answer it: " + e.detail(),
                    figure.code() + " 无法回答：" + e.detailZh());
        }
    }

    /** The services whose records a figure is made of. */
    private Set<String> services(Figure figure) {
        return topics.stream()
                .filter(topic -> figure.records().contains(topic.substring(topic.indexOf('.') + 1)))
                .map(topic -> topic.substring(0, topic.indexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
