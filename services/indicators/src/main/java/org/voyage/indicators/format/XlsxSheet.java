package org.voyage.indicators.format;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.Answers.NoteAnswer;
import org.voyage.indicators.query.Answers.ReleaseAnswer;
import org.voyage.indicators.reference.Label;

/** The sheet of one figure. Texts are stored as texts, so that none becomes a formula. */
final class XlsxSheet {

    private static final int FLUSH = 500;
    private static final String TEXT = "@";
    private static final String WHOLE = "#,##0";
    private static final String DECIMAL = "#,##0.00";

    private final Worksheet sheet;
    private final Report report;
    private final Table table;
    private int row;
    private int column;

    XlsxSheet(Workbook workbook, Report report, Table table) {
        this.sheet = workbook.newWorksheet(table.heading().name().zh());
        this.report = report;
        this.table = table;
    }

    void write() throws IOException {
        about();
        header();
        sheet.freezePane(0, row);
        for (Line line : table.lines()) {
            line(line);
            if (row % FLUSH == 0) {
                sheet.flush();
            }
        }
    }

    private void about() {
        Heading heading = table.heading();
        text(heading.name().zh() + "  " + heading.name().en());
        sheet.style(row, 0).bold().fontSize(14).format(TEXT).set();
        next();
        about("指标 Figure", heading.code() + " v" + heading.version());
        about("单位 Unit", heading.unit().zh() + "  " + heading.unit().en());
        about("期间 Period", table.period());
        if (!table.filters().isEmpty()) {
            about("筛选 Filters", table.filterText());
        }
        about("截至 As of", report.position().time().toString());
        ReleaseAnswer release = table.release();
        if (release == null) {
            about("位置 Position", report.positionText());
        } else {
            about("发布批次 Release", String.valueOf(release.number()));
        }
        for (NoteAnswer note : table.notes()) {
            about("备注 Note", note.zh() + "  " + note.en());
        }
        next();
    }

    private void about(String name, String text) {
        text(name);
        text(text);
        next();
    }

    private void header() {
        heading(table.byYear() ? "年度\nYear" : "期间\nPeriod", 12);
        for (Column dimension : table.dimensions()) {
            Label label = dimension.label();
            heading(label.zh() + "代码\n" + label.en() + ", code", 16);
            heading(label.zh(), 24);
            heading(label.en(), 24);
        }
        heading("数值\nValue", 16);
        if (table.shares()) {
            heading("占比（%）\nShare in percent", 16);
        }
        if (table.isReleased()) {
            heading("状态\nStatus", 16);
        }
        next();
    }

    private void heading(String text, int width) {
        sheet.width(column, width);
        sheet.inlineString(row, column, text);
        sheet.style(row, column)
                .bold()
                .wrapText(true)
                .fillColor("D9E1F2")
                .format(TEXT)
                .set();
        column++;
    }

    private void line(Line line) {
        text(table.period(line));
        for (Column dimension : table.dimensions()) {
            String code = line.at().get(dimension.name());
            Label label = code == null ? new Label(line.kind().zh(), line.kind().en()) : dimension.label(code);
            for (String text : List.of(code == null ? "" : code, label.zh(), label.en())) {
                text(text);
            }
        }
        number(line.value());
        if (table.shares()) {
            number(line.share());
        }
        if (table.isReleased()) {
            text(table.isSuppressed(line) ? "不予公布 " + Table.SUPPRESSED : "");
        }
        if (line.kind() != Line.Kind.VALUE) {
            sheet.range(row, 0, row, column - 1).style().bold().set();
        }
        next();
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            sheet.inlineString(row, column, text);
            sheet.style(row, column).format(TEXT).set();
        }
        column++;
    }

    private void number(@Nullable BigDecimal number) {
        if (number != null) {
            sheet.value(row, column, number);
            sheet.style(row, column)
                    .format(number.scale() > 0 ? DECIMAL : WHOLE)
                    .set();
        }
        column++;
    }

    private void next() {
        row++;
        column = 0;
    }
}
