package org.voyage.kit.sheet;

import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Collator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.dhatim.fastexcel.DataValidationErrorStyle;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Range;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.http.AttachmentHeader;
import org.voyage.kit.http.TextLanguage;
import org.voyage.kit.input.CodeNames;

/**
 * Template: an empty spreadsheet for the rows of a record, with one sheet to fill in, one that explains every column,
 * and one with the codes. Each heading has Chinese and English in one cell, so that one row serves as headings for
 * people, filters and the import. {@code GET …/template.xlsx} of a record returns it.
 */
public final class TemplateFile {
    public static final String MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final String EXTENSION = ".xlsx";

    /** Number of rows with drop-downs; the formats apply to whole columns. */
    private static final int DROP_DOWN_ROWS = 20_000;

    /** Longest list that keeps the order of its file, which has a meaning. */
    private static final int MAX_UNSORTED_CODES = 20;

    private static final String REQUIRED_COLOUR = "C00000";
    private static final String OPTIONAL_COLOUR = "44546A";

    private final RecordForm form;
    private final List<FormField> columns;

    private TemplateFile(RecordForm form, List<FormField> columns) {
        this.form = form;
        this.columns = columns;
    }

    /** Returns the template of a record as a response, named in Chinese unless the language is English. */
    public static Response toResponse(RecordForm form, TextLanguage language) {
        var name = (language == TextLanguage.EN ? form.en() : form.zh()) + EXTENSION;
        return Response.ok(toBytes(form), MEDIA_TYPE)
                .header(AttachmentHeader.NAME, AttachmentHeader.of(form.record() + EXTENSION, name))
                .build();
    }

    static byte[] toBytes(RecordForm form) {
        var out = new ByteArrayOutputStream();
        try (var workbook = new Workbook(out, "Voyage", null)) {
            writeSheets(workbook, form, columns(form));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * Writes the sheets of the template.
     *
     * @param columns those of the first sheet
     * @return the sheet for rows; its rows begin below the headings
     */
    static Worksheet writeSheets(Workbook workbook, RecordForm form, List<FormField> columns) {
        return new TemplateFile(form, columns).writeSheets(workbook);
    }

    /** Returns the columns of the template. */
    static List<FormField> columns(RecordForm form) {
        var columns = new ArrayList<FormField>();
        var ours = HeadingIndex.PLATFORM_COLUMNS;
        columns.add(ours.getFirst());
        columns.addAll(form.fields());
        ours.stream()
                .filter(field -> List.of("withdraw", "reason").contains(field.name()))
                .forEach(columns::add);
        return columns;
    }

    private Worksheet writeSheets(Workbook workbook) {
        var data = workbook.newWorksheet(form.zh());
        var explanation = workbook.newWorksheet("说明 Explanation");
        var codes = workbook.newWorksheet("代码 Codes");
        var lists = new ArrayList<Range>();
        var named = columns.stream()
                .map(FormField::codes)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        named.forEach(list -> lists.add(writeCodes(codes, lists.size() * 5, list)));
        writeExplanations(explanation);
        for (int c = 0; c < columns.size(); c++) {
            writeColumn(data, c, columns.get(c), lists, named);
        }
        data.rowHeight(0, 42);
        data.freezePane(1, 1);
        List.of(data, explanation, codes).forEach(TemplateFile::printOnOnePageWidth);
        return data;
    }

    private static void printOnOnePageWidth(Worksheet sheet) {
        sheet.paperSize(PaperSize.A4_PAPER);
        sheet.pageOrientation("landscape");
        sheet.setFitToPage(true);
        sheet.fitToWidth((short) 1);
        sheet.fitToHeight((short) 0);
    }

    private void writeColumn(
            Worksheet data, int c, FormField field, List<Range> lists, List<? extends @Nullable NamedCodeList> named) {
        boolean required = isRequired(field);
        data.value(0, c, field.zh() + (required ? " *" : "") + "\n" + field.en());
        data.width(c, Math.clamp(Math.max(field.zh().length() * 2.2, field.en().length() * 1.2) + 4, 14, 40));
        data.style(0, c)
                .bold()
                .fontColor("FFFFFF")
                .fillColor(required ? REQUIRED_COLOUR : OPTIONAL_COLOUR)
                .wrapText(true)
                .horizontalAlignment("center")
                .verticalAlignment("center")
                .borderStyle("thin")
                .borderColor("FFFFFF")
                .set();
        data.comment(0, c, field.explainZh() + "\n" + field.explainEn());
        // In text cells leading zeros stay and no value becomes a day.
        data.style(c)
                .format(
                        switch (field.type()) {
                            case DATE -> "yyyy-mm-dd";
                            case INTEGER -> "0";
                            case TEXT, CODE, FLAG, TEXTS, OBJECTS -> "@";
                        })
                .set();
        var cells = data.range(1, c, DROP_DOWN_ROWS, c);
        boolean single = field.type() == FormField.FieldType.CODE || field.type() == FormField.FieldType.TEXT;
        if (single && field.codes() != null) {
            cells.validateWithList(lists.get(named.indexOf(field.codes())))
                    .allowBlank(true)
                    .showErrorMessage(true)
                    .errorStyle(DataValidationErrorStyle.WARNING)
                    .errorTitle(field.zh())
                    .error("请从列表中选择，或填写代码。Choose from the list, or write a code.");
        } else if (field.type() == FormField.FieldType.FLAG) {
            cells.validateWithListByFormula("\"是,否\"")
                    .allowBlank(true)
                    .showErrorMessage(true)
                    .errorStyle(DataValidationErrorStyle.WARNING)
                    .errorTitle(field.zh())
                    .error("请选择 是 或 否。Choose 是 (yes) or 否 (no).");
        }
    }

    private static boolean isRequired(FormField field) {
        return field.required() || field.name().equals("sourceId");
    }

    private void writeExplanations(Worksheet sheet) {
        sheet.value(0, 0, form.zh() + " " + form.en());
        sheet.style(0, 0).bold().fontSize(14).set();
        sheet.value(
                1,
                0,
                "请在第一个工作表中填写，一行一条记录；红色带 * 的列必填。Fill in the first sheet, one record a row; red columns with * are required.");
        var head = List.of(
                "列 Column",
                "英文 English",
                "字段名 Field",
                "必填 Required",
                "含义 Meaning",
                "Meaning",
                "填写形式 Form",
                "示例 Example");
        writeRow(sheet, 3, head);
        sheet.range(3, 0, 3, head.size() - 1)
                .style()
                .bold()
                .fontColor("FFFFFF")
                .fillColor(OPTIONAL_COLOUR)
                .set();
        for (int i = 0; i < columns.size(); i++) {
            var field = columns.get(i);
            writeRow(
                    sheet,
                    4 + i,
                    List.of(
                            field.zh(),
                            field.en(),
                            field.name(),
                            isRequired(field) ? "必填 yes" : "",
                            field.explainZh(),
                            field.explainEn(),
                            field.type().zh + " / " + field.type().en,
                            exampleOf(field)));
            sheet.range(4 + i, 0, 4 + i, head.size() - 1)
                    .style()
                    .wrapText(true)
                    .verticalAlignment("top")
                    .format("@")
                    .set();
            if (isRequired(field)) {
                sheet.style(4 + i, 3)
                        .bold()
                        .fontColor(REQUIRED_COLOUR)
                        .wrapText(true)
                        .verticalAlignment("top")
                        .set();
            }
        }
        double[] widths = {18, 24, 18, 12, 40, 44, 34, 34};
        for (int c = 0; c < widths.length; c++) {
            sheet.width(c, widths[c]);
        }
        sheet.freezePane(1, 4);
    }

    private String exampleOf(FormField field) {
        if (field.name().equals("sourceId")) {
            return "A-001";
        }
        var codes = field.codes();
        if (codes == null) {
            return field.example();
        }
        return codes.codes().stream()
                .filter(code -> code.code().equals(field.example()))
                .map(CodeNames.NamedCode::shownZh)
                .findFirst()
                .orElse(field.example());
    }

    private static void writeRow(Worksheet sheet, int row, List<String> cells) {
        for (int c = 0; c < cells.size(); c++) {
            sheet.value(row, c, cells.get(c));
        }
    }

    /**
     * Writes a list and returns the range of its Chinese names, which the drop-downs offer. Ended codes are below, for
     * reports on an earlier year.
     */
    private Range writeCodes(Worksheet sheet, int column, NamedCodeList list) {
        var fields = columns.stream()
                .filter(field -> list.equals(field.codes()))
                .flatMap(field -> Stream.of(field.zh(), field.en()))
                .toList();
        sheet.value(0, column, String.join(" ", fields));
        writeRow(sheet, 1, column, "名称", "Name", "代码 Code", list.hasTemporaryCodes() ? "有效期 Valid" : "");
        sheet.range(0, column, 1, column + 3).style().bold().set();
        int row = 2;
        for (var code : inReadingOrder(list)) {
            writeRow(sheet, row++, column, code.zh(), code.en(), code.code(), list.validityText(code));
        }
        int offered = row;
        for (var code : list.formerCodes()) {
            writeRow(sheet, row++, column, code.zh(), code.en(), code.code(), list.validityText(code));
        }
        for (int c = 0; c < 4; c++) {
            sheet.width(column + c, c == 1 ? 34 : 22);
            sheet.style(column + c).format("@").set();
        }
        sheet.freezePane(0, 2);
        return sheet.range(2, column, offered - 1, column);
    }

    /** Returns the offered codes; those of a long list by the sound of their Chinese names, as people look for them. */
    private static List<CodeNames.NamedCode> inReadingOrder(NamedCodeList list) {
        if (list.codes().size() <= MAX_UNSORTED_CODES) {
            return list.codes();
        }
        var bySound = Collator.getInstance(Locale.CHINA);
        return list.codes().stream()
                .sorted((one, other) -> bySound.compare(one.zh(), other.zh()))
                .toList();
    }

    private static void writeRow(Worksheet sheet, int row, int column, String... cells) {
        for (int c = 0; c < cells.length; c++) {
            if (!cells[c].isEmpty()) {
                sheet.value(row, column + c, cells[c]);
            }
        }
    }
}
