package org.voyage.kit.sheet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.problem.Finding;

/**
 * Cell of a spreadsheet as text.
 *
 * @param text as a person reads it: 12 for 12.0, 2019-09-01 for a day, leading zeros where they are shown
 */
public record XlsxCell(String text, XlsxCellKind kind) {
    static final XlsxCell EMPTY = new XlsxCell("", XlsxCellKind.TEXT);
    private static final LocalDate DAY_0_OF_1900 = LocalDate.of(1899, 12, 30);
    private static final LocalDate DAY_0_OF_1904 = LocalDate.of(1904, 1, 1);
    private static final int LAST_DAY_NUMBER = 2_958_465;
    private static final int MAX_DIGITS = 15;
    /** Programs write at most some 25 characters; a longer text is slow to read as a number. */
    private static final int MAX_NUMBER_LENGTH = 100;

    enum XlsxCellKind {
        TEXT,
        DAY,
        /** A number that could also be the serial number of a day. */
        NUMBER,
        /** A number of more digits than a spreadsheet keeps. */
        LONG_NUMBER,
        /** A formula without a stored value, as some programs save it. */
        FORMULA,
        /** {@code #N/A} and its like. */
        ERROR
    }

    static XlsxCell text(String text) {
        return text.isEmpty() ? EMPTY : new XlsxCell(text, XlsxCellKind.TEXT);
    }

    static XlsxCell formula(String text) {
        return new XlsxCell("=" + text, XlsxCellKind.FORMULA);
    }

    static XlsxCell number(String raw, XlsxStyles.CellFormat shown, boolean from1904) {
        if (raw.length() > MAX_NUMBER_LENGTH) {
            return new XlsxCell(raw, XlsxCellKind.ERROR);
        }
        BigDecimal number;
        try {
            number = new BigDecimal(raw);
        } catch (NumberFormatException e) {
            return new XlsxCell(raw, XlsxCellKind.ERROR);
        }
        if (number.scale() > 400 || number.scale() < -400) {
            return new XlsxCell(raw, XlsxCellKind.ERROR);
        }
        if (shown.day()) {
            var day = toDay(number, from1904);
            return day == null
                    ? new XlsxCell(number.toPlainString(), XlsxCellKind.TEXT)
                    : new XlsxCell(day, XlsxCellKind.DAY);
        }
        number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        var text = number.toPlainString();
        if (number.precision() - number.scale() > MAX_DIGITS) {
            return new XlsxCell(text, XlsxCellKind.LONG_NUMBER);
        }
        boolean padded = number.signum() >= 0 && number.scale() <= 0 && text.length() < shown.zeros();
        boolean serial = number.signum() > 0 && number.compareTo(BigDecimal.valueOf(LAST_DAY_NUMBER)) <= 0;
        return new XlsxCell(
                padded ? "0".repeat(shown.zeros() - text.length()) + text : text,
                serial ? XlsxCellKind.NUMBER : XlsxCellKind.TEXT);
    }

    /** Returns the day of a serial number; null for none. Lotus took 1900 for a leap year, and Excel after it. */
    private static @Nullable String toDay(BigDecimal serial, boolean from1904) {
        if (serial.signum() < 0 || serial.compareTo(BigDecimal.valueOf(LAST_DAY_NUMBER)) > 0) {
            return null;
        }
        int whole = serial.intValue();
        // Floating point: a difference of a second is ignored.
        int seconds = serial.subtract(BigDecimal.valueOf(whole))
                .multiply(BigDecimal.valueOf(86_400))
                .setScale(0, RoundingMode.HALF_UP)
                .intValue();
        whole += seconds / 86_400;
        LocalDate day;
        if (from1904) {
            day = DAY_0_OF_1904.plusDays(whole);
        } else if (whole == 60 || whole == 0) {
            return null;
        } else {
            day = DAY_0_OF_1900.plusDays(whole < 60 ? whole + 1 : whole);
        }
        return seconds % 86_400 == 0 ? day.toString() : day + " " + LocalTime.ofSecondOfDay(seconds);
    }

    /** Returns why the cell cannot be read as a field of this type; null if it can. */
    @Nullable
    public Finding findProblem(FormField field) {
        return switch (kind) {
            case TEXT -> null;
            case DAY ->
                field.type() == FormField.FieldType.DATE
                        ? null
                        : Finding.field(
                                field.name(),
                                "cell-is-day",
                                "The spreadsheet has turned this cell into a day: format it as text and write it again.",
                                "单元格已被表格软件转换为日期，请设为文本格式后重新填写。");
            case NUMBER ->
                field.type() != FormField.FieldType.DATE
                        ? null
                        : Finding.field(
                                field.name(),
                                "cell-is-number",
                                "\"" + text
                                        + "\" is a number and no day: give the cell a date format, see whether the day"
                                        + " is right, and save the file.",
                                "“" + text + "”是数字而不是日期：请将单元格设为日期格式，核对日期后保存。");
            case FORMULA ->
                Finding.field(
                        field.name(),
                        "cell-formula",
                        "The cell holds a formula without its value: " + TextFormat.shortenText(text) + ".",
                        "单元格为公式，但文件中没有计算结果：" + TextFormat.shortenText(text) + "。");
            case LONG_NUMBER ->
                field.type() == FormField.FieldType.INTEGER
                        ? null
                        : Finding.field(
                                field.name(),
                                "cell-lost-digits",
                                "A spreadsheet keeps 15 digits of a number: format the cell as text and write it again.",
                                "表格软件只保留数字的前 15 位，请将单元格设为文本格式后重新填写。");
            case ERROR ->
                Finding.field(
                        field.name(),
                        "cell-error",
                        "The cell holds an error: " + TextFormat.shortenText(text) + ".",
                        "单元格含有错误值：" + TextFormat.shortenText(text) + "。");
        };
    }
}
