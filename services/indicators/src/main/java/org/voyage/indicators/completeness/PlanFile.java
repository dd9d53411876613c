package org.voyage.indicators.completeness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.voyage.indicators.completeness.SubmissionStore.Sender;
import org.voyage.kit.access.Province;
import org.voyage.kit.bulk.format.SmallCsvFile;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** A plan as a file: headings, and under them a line for each province and service. */
final class PlanFile {

    static final List<String> HEADINGS = List.of("province", "service", "records");

    private static final Pattern RECORDS = Pattern.compile("0|[1-9]\\d{0,8}");

    private final Set<String> services;
    private final Map<Sender, Long> expected = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private PlanFile(Set<String> services) {
        this.services = services;
    }

    /**
     * @param services whose records are counted
     * @throws Refusal.Invalid with all that is wrong, by line and column
     */
    static Map<Sender, Long> read(byte[] csv, Set<String> services) {
        PlanFile file = new PlanFile(services);
        List<SmallCsvFile.SmallCsvRow> rows = SmallCsvFile.parse(csv);
        List<String> headings = rows.isEmpty()
                ? List.of()
                : rows.getFirst().cells().stream().map(String::strip).toList();
        if (!headings.equals(HEADINGS)) {
            file.refuse(
                    "/1",
                    "headings",
                    "Expected the headings " + String.join(",", HEADINGS) + ".",
                    "表头应为 " + String.join(",", HEADINGS) + "。");
        } else {
            rows.stream().skip(1).forEach(file::add);
        }
        if (!file.findings.isEmpty()) {
            throw new Refusal.Invalid(file.findings);
        }
        return file.expected;
    }

    /** The same of a file that was found right when it was stored, whatever services there are now. */
    static Map<Sender, Long> stored(byte[] csv) {
        Map<Sender, Long> expected = new LinkedHashMap<>();
        SmallCsvFile.parse(csv).stream()
                .skip(1)
                .map(row -> row.cells().stream().map(String::strip).toList())
                .forEach(cells -> expected.put(new Sender(cells.get(1), cells.get(0)), Long.valueOf(cells.get(2))));
        return expected;
    }

    private void add(SmallCsvFile.SmallCsvRow row) {
        String at = "/" + row.line();
        if (row.fault().isPresent()) {
            findings.add(row.fault().get());
            return;
        }
        List<String> cells = row.cells().stream().map(String::strip).toList();
        if (cells.size() != HEADINGS.size()) {
            refuse(at, "cells", "Expected " + HEADINGS.size() + " cells.", "应有 " + HEADINGS.size() + " 个单元格。");
            return;
        }
        boolean province = Province.codes().contains(cells.get(0));
        boolean service = services.contains(cells.get(1));
        boolean records = RECORDS.matcher(cells.get(2)).matches();
        if (!province) {
            refuse(at + "/province", "province-unknown", "There is no such province.", "没有此省份代码。");
        }
        if (!service) {
            String known = String.join(", ", services);
            refuse(at + "/service", "service-unknown", "Known: " + known + ".", "可用：" + known + "。");
        }
        if (!records) {
            refuse(
                    at + "/records",
                    "whole-number",
                    "Expected a whole number from 0 to 999999999, without separators.",
                    "应为 0 至 999999999 的整数，不带分隔符。");
        }
        if (province && service && records) {
            Sender sender = new Sender(cells.get(1), cells.get(0));
            if (expected.put(sender, Long.valueOf(cells.get(2))) != null) {
                refuse(at, "repeated", "This province and service stand in an earlier line.", "该省份和服务已在前面的行中出现。");
            }
        }
    }

    private void refuse(String pointer, String rule, String detail, String detailZh) {
        findings.add(new Finding(pointer, rule, detail, detailZh));
    }
}
