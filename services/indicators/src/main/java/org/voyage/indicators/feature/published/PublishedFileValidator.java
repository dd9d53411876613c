package org.voyage.indicators.feature.published;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.feature.published.PublishedStatistic.SetVersion;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Validator of every line of a file against the current figures. It accepts a file as a whole or not at all. */
@ApplicationScoped
class PublishedFileValidator {

    private static final String PERCENT_UNIT = "percent";

    private final StatisticQueryMapper questions;
    private final PublishedSeriesLoader series;
    private final List<String> topics;
    private final Clock clock;

    PublishedFileValidator(
            StatisticQueryMapper questions, PublishedSeriesLoader series, IndicatorsConfig config, Clock clock) {
        this.questions = questions;
        this.series = series;
        this.topics = config.topics();
        this.clock = clock;
    }

    /** @throws Refusal.Invalid with all findings, by line and column */
    List<PublishedStatistic> parseAndValidate(byte[] csv, SetVersion of, Optional<LocalDate> publishedOn) {
        PublishedFile file = PublishedFile.parse(csv);
        List<PublishedFileParser.ParsedStatistic> read = PublishedFileParser.parseRows(file, of, publishedOn);
        read.forEach(each -> validate(each.row(), each.line()));
        if (!file.findings().isEmpty()) {
            List<Finding> findings = new ArrayList<>(file.findings());
            findings.sort((a, b) -> Long.compare(lineNumber(a), lineNumber(b)));
            throw new Refusal.Invalid(findings);
        }
        return read.stream().map(PublishedFileParser.ParsedStatistic::line).toList();
    }

    private static long lineNumber(Finding finding) {
        String[] parts = finding.pointer().split("/", -1);
        return parts.length < 2 ? 0 : Long.parseLong(parts[1]);
    }

    private void validate(PublishedRow row, PublishedStatistic line) {
        LocalDate today = LocalDate.now(clock);
        if (row.hasCell(PublishedColumn.PUBLISHED_ON) && isFuture(row.textOf(PublishedColumn.PUBLISHED_ON), today)) {
            row.addFinding(PublishedColumn.PUBLISHED_ON, "date-future", "this day has not come yet.", "该日期尚未到来。");
        }
        if (series.isWhole(line.figure()) && line.value().signum() <= 0) {
            row.addFinding(
                    PublishedColumn.VALUE,
                    "whole-not-positive",
                    "a figure divides by it; expected a number above 0.",
                    "有指标以其为分母，应为大于 0 的数字。");
        }
        if (line.indicator().isEmpty()) {
            if (row.hasCell(PublishedColumn.SLICE)) {
                row.addFinding(
                        PublishedColumn.INDICATOR,
                        "required",
                        "a slice is a question to an indicator; name it.",
                        "slice 须与 indicator 一起填写。");
            }
            return;
        }
        questions
                .findFigure(line)
                .ifPresentOrElse(
                        figure -> validateFigure(row, line, figure),
                        () -> row.addFinding(
                                PublishedColumn.INDICATOR,
                                "indicator-unknown",
                                QueryRefusals.unknownCode(
                                                "indicator", line.indicator().get(), questions.figureCodes())
                                        .detail(),
                                QueryRefusals.unknownCode(
                                                "indicator", line.indicator().get(), questions.figureCodes())
                                        .detailZh()));
    }

    /** @param text a day, a month or a year; each is compared with today's */
    private static boolean isFuture(String text, LocalDate today) {
        String current = today.toString();
        return text.length() <= current.length() && text.compareTo(current.substring(0, text.length())) > 0;
    }

    private void validateFigure(PublishedRow row, PublishedStatistic line, Figure figure) {
        Set<String> services = servicesOf(figure);
        if (!services.contains(line.service())) {
            row.addFinding(
                    PublishedColumn.SERVICE,
                    "service",
                    figure.code() + " is computed from records of " + String.join(", ", services) + ".",
                    figure.code() + " 由 " + String.join("、", services) + " 的记录计算。");
        }
        boolean percent = figure.unit().code().equals(PERCENT_UNIT);
        if (percent != line.unit().startsWith(PERCENT_UNIT)) {
            row.addFinding(
                    PublishedColumn.UNIT,
                    "unit",
                    figure.code() + " is in " + figure.unit().en() + ".",
                    figure.code() + " 的单位为 " + figure.unit().zh() + "。");
        }
        try {
            questions.toQuery(figure, line);
        } catch (Refusal.Malformed e) {
            Optional<Finding> why = e.findings().stream().findFirst();
            row.addFinding(
                    PublishedColumn.SLICE,
                    why.map(Finding::rule).orElse("slice"),
                    figure.code() + " cannot answer it: " + e.detail(),
                    figure.code() + " 无法回答：" + e.detailZh());
        }
    }

    /** Returns the services whose records the figure counts. */
    private Set<String> servicesOf(Figure figure) {
        return topics.stream()
                .filter(topic -> figure.records().contains(topic.substring(topic.indexOf('.') + 1)))
                .map(topic -> topic.substring(0, topic.indexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
