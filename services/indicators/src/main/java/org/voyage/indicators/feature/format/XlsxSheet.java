package org.voyage.indicators.feature.format;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;
import org.voyage.indicators.query.FigureResponses.ReleaseAnswer;
import org.voyage.indicators.reference.CodeLabel;
import org.voyage.kit.reference.InstantFormat;

/** Spreadsheet sheet of one figure. It stores texts as texts, so that none becomes a formula. */
final class XlsxSheet {

    private static final int FLUSH_ROWS = 500;
    private static final String TEXT_FORMAT = "@";
    private static final String INTEGER_FORMAT = "#,##0";
    private static final String DECIMAL_FORMAT = "#,##0.00";

    private final Worksheet sheet;
    private final ValuesReport report;
    private final ReportTable table;
    private int row;
    private int column;

    XlsxSheet(Workbook workbook, ValuesReport report, ReportTable table) {
        this.sheet = workbook.newWorksheet(table.heading().name().zh());
        this.report = report;
        this.table = table;
    }

    void writeSheet() throws IOException {
        writeAbout();
        writeHeader();
        sheet.freezePane(0, row);
        for (ReportLine line : table.lines()) {
            writeLine(line);
            if (row % FLUSH_ROWS == 0) {
                sheet.flush();
            }
        }
    }

    private void writeAbout() {
        FigureHeading heading = table.heading();
        writeText(heading.name().zh() + "  " + heading.name().en());
        sheet.style(row, 0).bold().fontSize(14).format(TEXT_FORMAT).set();
        nextRow();
        writeAbout("指标 Figure", heading.code() + " v" + heading.version());
        writeAbout("单位 Unit", heading.unit().zh() + "  " + heading.unit().en());
        writeAbout("期间 Period", table.period());
        if (!table.filters().isEmpty()) {
            writeAbout("筛选 Filters", table.formatFilters());
        }
        writeAbout("截至 As of", InstantFormat.formatInstant(report.position().time()));
        ReleaseAnswer release = table.release();
        if (release == null) {
            writeAbout("位置 Position", report.formatPosition());
        } else {
            writeAbout("发布批次 Release", String.valueOf(release.number()));
        }
        for (NoteAnswer note : table.notes()) {
            writeAbout("备注 Note", note.zh() + "  " + note.en());
        }
        nextRow();
    }

    private void writeAbout(String name, String text) {
        writeText(name);
        writeText(text);
        nextRow();
    }

    private void writeHeader() {
        writeHeading(table.isByYear() ? "年度\nYear" : "期间\nPeriod", 12);
        for (ReportColumn dimension : table.dimensions()) {
            CodeLabel label = dimension.label();
            writeHeading(label.zh() + "代码\n" + label.en() + ", code", 16);
            writeHeading(label.zh(), 24);
            writeHeading(label.en(), 24);
        }
        writeHeading("数值\nValue", 16);
        if (table.hasShares()) {
            writeHeading("占比（%）\nShare in percent", 16);
        }
        writeHeading("状态\nStatus", 16);
        nextRow();
    }

    private void writeHeading(String text, int width) {
        sheet.width(column, width);
        sheet.inlineString(row, column, text);
        sheet.style(row, column)
                .bold()
                .wrapText(true)
                .fillColor("D9E1F2")
                .format(TEXT_FORMAT)
                .set();
        column++;
    }

    private void writeLine(ReportLine line) {
        writeText(table.periodOf(line));
        for (ReportColumn dimension : table.dimensions()) {
            String code = line.coordinates().get(dimension.name());
            CodeLabel label =
                    code == null ? new CodeLabel(line.kind().zh(), line.kind().en()) : dimension.labelOf(code);
            for (String text : List.of(code == null ? "" : code, label.zh(), label.en())) {
                writeText(text);
            }
        }
        writeNumber(line.value());
        if (table.hasShares()) {
            writeNumber(line.share());
        }
        writeText(
                switch (table.statusOf(line)) {
                    case ReportTable.SUPPRESSED_MARK -> "不予公布 " + ReportTable.SUPPRESSED_MARK;
                    case ReportTable.NOT_REPORTED_MARK -> "尚未报送 " + ReportTable.NOT_REPORTED_MARK;
                    default -> "";
                });
        if (line.kind() != ReportLine.LineKind.VALUE) {
            sheet.range(row, 0, row, column - 1).style().bold().set();
        }
        nextRow();
    }

    private void writeText(String text) {
        if (!text.isEmpty()) {
            sheet.inlineString(row, column, text);
            sheet.style(row, column).format(TEXT_FORMAT).set();
        }
        column++;
    }

    private void writeNumber(@Nullable BigDecimal number) {
        if (number != null) {
            sheet.value(row, column, number);
            sheet.style(row, column)
                    .format(number.scale() > 0 ? DECIMAL_FORMAT : INTEGER_FORMAT)
                    .set();
        }
        column++;
    }

    private void nextRow() {
        row++;
        column = 0;
    }
}
