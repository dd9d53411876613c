package org.voyage.indicators.feature.completeness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionSender;
import org.voyage.kit.access.Province;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.sheet.SmallCsvFile;

/** Parser of a reporting plan file: headings, then a line for each province and service. */
final class ReportingPlanFile {

    static final List<String> HEADINGS = List.of("province", "service", "records");

    private static final Pattern COUNT_PATTERN = Pattern.compile("0|[1-9]\\d{0,8}");

    private final Set<String> services;
    private final Map<SubmissionSender, Long> expected = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private ReportingPlanFile(Set<String> services) {
        this.services = services;
    }

    /**
     * @param services whose records are counted
     * @throws Refusal.Invalid with all findings, by line and column
     */
    static Map<SubmissionSender, Long> parse(byte[] csv, Set<String> services) {
        ReportingPlanFile file = new ReportingPlanFile(services);
        List<SmallCsvFile.SmallCsvRow> rows = SmallCsvFile.parse(csv);
        List<String> headings = rows.isEmpty()
                ? List.of()
                : rows.getFirst().cells().stream().map(String::strip).toList();
        if (!headings.equals(HEADINGS)) {
            file.addFinding(
                    "/1",
                    "headings",
                    "Expected the headings " + String.join(",", HEADINGS) + ".",
                    "表头应为 " + String.join(",", HEADINGS) + "。");
        } else {
            rows.stream().skip(1).forEach(file::addRow);
        }
        if (!file.findings.isEmpty()) {
            throw new Refusal.Invalid(file.findings);
        }
        return file.expected;
    }

    /** Parses a stored file, which was valid when it was stored. The current list of services does not matter. */
    static Map<SubmissionSender, Long> parseStored(byte[] csv) {
        Map<SubmissionSender, Long> expected = new LinkedHashMap<>();
        SmallCsvFile.parse(csv).stream()
                .skip(1)
                .map(row -> row.cells().stream().map(String::strip).toList())
                .forEach(cells ->
                        expected.put(new SubmissionSender(cells.get(1), cells.get(0)), Long.valueOf(cells.get(2))));
        return expected;
    }

    private void addRow(SmallCsvFile.SmallCsvRow row) {
        String at = "/" + row.line();
        if (row.fault().isPresent()) {
            findings.add(row.fault().get());
            return;
        }
        List<String> cells = row.cells().stream().map(String::strip).toList();
        if (cells.size() != HEADINGS.size()) {
            addFinding(at, "cells", "Expected " + HEADINGS.size() + " cells.", "应有 " + HEADINGS.size() + " 个单元格。");
            return;
        }
        boolean province = Province.codes().contains(cells.get(0));
        boolean service = services.contains(cells.get(1));
        boolean records = COUNT_PATTERN.matcher(cells.get(2)).matches();
        if (!province) {
            addFinding(at + "/province", "province-unknown", "There is no such province.", "没有此省份代码。");
        }
        if (!service) {
            String known = String.join(", ", services);
            addFinding(at + "/service", "service-unknown", "Known: " + known + ".", "可用：" + known + "。");
        }
        if (!records) {
            addFinding(
                    at + "/records",
                    "whole-number",
                    "Expected a whole number from 0 to 999999999, without separators.",
                    "应为 0 至 999999999 的整数，不带分隔符。");
        }
        if (province && service && records) {
            SubmissionSender sender = new SubmissionSender(cells.get(1), cells.get(0));
            if (expected.put(sender, Long.valueOf(cells.get(2))) != null) {
                addFinding(at, "repeated", "An earlier line has this province and service.", "该省份和服务已在前面的行中出现。");
            }
        }
    }

    private void addFinding(String pointer, String rule, String detail, String detailZh) {
        findings.add(new Finding(pointer, rule, detail, detailZh));
    }
}
