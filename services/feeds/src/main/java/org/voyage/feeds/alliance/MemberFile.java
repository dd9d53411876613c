package org.voyage.feeds.alliance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.sheet.SmallCsvFile;
import org.voyage.kit.sheet.SmallCsvFile.SmallCsvRow;
import org.voyage.kit.sheet.XlsxFile;
import org.voyage.kit.sheet.XlsxRows;

/**
 * File of members: the first row has the headings, in English or Chinese, each further row one member. Names are separated
 * by {@code |}. The pointers of findings begin with the line: {@code /12/country}.
 */
final class MemberFile {

    static final int MAX_BYTES = 2 * 1024 * 1024;

    private static final int MAX_ROWS = 10_000;
    private static final int MAX_ROW_CHARACTERS = 64 * 1024;
    private static final int MAX_FINDINGS = 1_000;
    private static final String ID_FIELD = "id";
    private static final Map<String, String> FIELDS_BY_HEADING = Map.ofEntries(
            Map.entry("编号", ID_FIELD),
            Map.entry("类型", "kind"),
            Map.entry("学校代码", "college"),
            Map.entry("名称", "names"),
            Map.entry("国别", "country"),
            Map.entry("加入日期", "from"),
            Map.entry("退出日期", "until"));
    private static final TextFormat ID = TextFormat.of(
            "member-id",
            AllianceKeys.ID_REGEX,
            "1 to 60 letters, digits, dots, hyphens and underscores",
            "1 至 60 位字母、数字、点、连字符或下划线");

    private final List<Finding> findings = new ArrayList<>();

    private MemberFile() {}

    /** Row with the line in which it begins, from 1. */
    private record FileRow(long line, List<String> cells, Optional<Finding> fault) {}

    /**
     * Parses a file.
     *
     * @return members by id, in the order of the file
     * @throws Refusal.Invalid with the findings of all rows
     * @throws Refusal.Malformed for a file without headings, or with unknown ones
     */
    static Map<String, MemberFields> parse(byte[] file, boolean isSpreadsheet) throws IOException {
        return new MemberFile().parseRows(isSpreadsheet ? readSheet(file) : readCsv(file));
    }

    private Map<String, MemberFields> parseRows(List<FileRow> rows) {
        if (rows.isEmpty()) {
            throw new Refusal.Malformed("The file is empty.", "文件为空。");
        }
        List<String> fields = toFields(rows.getFirst());
        if (rows.size() - 1 > MAX_ROWS) {
            throw new Refusal.Malformed("The file has more than " + MAX_ROWS + " rows.", "文件超过 " + MAX_ROWS + " 行。");
        }
        Map<String, MemberFields> members = new LinkedHashMap<>();
        rows.stream().skip(1).forEach(row -> parseRow(row, fields, members));
        if (!findings.isEmpty()) {
            throw new Refusal.Invalid(findings.subList(0, Math.min(findings.size(), MAX_FINDINGS)));
        }
        return members;
    }

    private static List<String> toFields(FileRow headings) {
        List<String> fields = headings.cells().stream()
                .map(heading -> heading.strip())
                .map(heading -> FIELDS_BY_HEADING.getOrDefault(heading, heading.toLowerCase(Locale.ROOT)))
                .toList();
        for (String field : fields) {
            if (!field.isEmpty() && !FIELDS_BY_HEADING.containsValue(field)) {
                throw new Refusal.Malformed(new Finding(
                        "/" + headings.line(),
                        "heading-unknown",
                        "A heading is unknown. Known: id, kind, college, names, country, from, until.",
                        "存在未知列名。可用列名：编号、类型、学校代码、名称、国别、加入日期、退出日期。"));
            }
        }
        List<String> named = fields.stream().filter(field -> !field.isEmpty()).toList();
        if (!named.contains(ID_FIELD) || new HashSet<>(named).size() < named.size()) {
            throw new Refusal.Malformed(new Finding(
                    "/" + headings.line(), "headings", "The headings lack id, or one occurs twice.", "列名缺少“编号”，或有重复。"));
        }
        return fields;
    }

    private void parseRow(FileRow row, List<String> fields, Map<String, MemberFields> members) {
        if (row.fault().isPresent()) {
            findings.add(row.fault().get());
            return;
        }
        ObjectNode cells = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < Math.min(row.cells().size(), fields.size()); i++) {
            if (!fields.get(i).isEmpty() && !row.cells().get(i).isBlank()) {
                cells.put(fields.get(i), row.cells().get(i));
            }
        }
        if (row.cells().stream().skip(fields.size()).anyMatch(cell -> !cell.isBlank())) {
            addFinding(row, "", "too-many-cells", "The row has more cells than headings.", "该行的单元格多于列名。");
        }
        FieldReader reader = FieldReader.ofRow(cells);
        String id = reader.readText(ID_FIELD, ID);
        MemberFields member = MemberFields.read(reader);
        for (Finding finding : reader.collectFindings()) {
            findings.add(new Finding(
                    "/" + row.line() + finding.pointer(), finding.rule(), finding.detail(), finding.detailZh()));
        }
        if (members.put(id, member) != null) {
            addFinding(row, "/" + ID_FIELD, "duplicate", "The same id is in the file twice.", "文件中编号重复。");
        }
    }

    private void addFinding(FileRow row, String pointer, String rule, String detail, String detailZh) {
        findings.add(new Finding("/" + row.line() + pointer, rule, detail, detailZh));
    }

    private static List<FileRow> readCsv(byte[] file) {
        List<FileRow> rows = new ArrayList<>();
        for (SmallCsvRow row : SmallCsvFile.parse(file)) {
            rows.add(new FileRow(row.line(), row.cells(), row.fault()));
        }
        return rows;
    }

    private static List<FileRow> readSheet(byte[] file) throws IOException {
        List<FileRow> rows = new ArrayList<>();
        try (XlsxFile workbook = XlsxFile.open(new SeekableInMemoryByteChannel(file))) {
            if (workbook.sheets().isEmpty()) {
                return rows;
            }
            try (XlsxRows sheet = workbook.openRows(workbook.sheets().getFirst(), MAX_ROW_CHARACTERS)) {
                for (XlsxRows.SheetRow row = sheet.nextRow();
                        row != null && rows.size() <= MAX_ROWS + 1;
                        row = sheet.nextRow()) {
                    rows.add(new FileRow(
                            row.number(),
                            row.texts(),
                            row.whole()
                                    ? Optional.empty()
                                    : Optional.of(new Finding(
                                            "/" + row.number(), "row-too-long", "The row is too long.", "该行过长。"))));
                }
            }
        }
        return rows;
    }
}
