package org.voyage.kit.sheet;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** Writer of a table as a spreadsheet of one sheet, row by row, holding no more than some hundred rows. */
public final class SheetWriter implements AutoCloseable {
    private static final int FLUSH_ROWS = 500;
    /** Excel's longest cell. */
    private static final int MAX_CELL_LENGTH = 32_767;
    /** Excel has no day before 1900, and takes that year for a leap year. */
    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 3, 1);

    private static final Pattern NUMBER_PATTERN = Pattern.compile("-?(0|[1-9][0-9]{0,14})([.][0-9]{1,9})?");
    /** Excel's number of a day with its fraction. */
    private static final Pattern DAY_NUMBER_PATTERN = Pattern.compile("[1-9][0-9]{0,5}([.][0-9]{1,9})?");

    private static final Pattern NEVER_MATCHES = Pattern.compile("(?!)");

    private final Workbook workbook;
    private final Worksheet sheet;
    private final List<? extends @Nullable FormField> fields;
    private int row;

    /** @param fields the field of each column; null for text */
    public SheetWriter(
            OutputStream out, String name, List<? extends @Nullable FormField> fields, List<String> headings) {
        this.workbook = new Workbook(out, "Voyage", null);
        this.sheet = workbook.newWorksheet(name);
        this.fields = fields;
        sheet.freezePane(0, 1);
        for (int c = 0; c < headings.size(); c++) {
            var field = fields.get(c);
            sheet.style(c)
                    .format(field == null || field.type() != FormField.FieldType.DATE ? "@" : "yyyy-mm-dd")
                    .set();
            sheet.width(c, c == 0 ? 60 : 18);
            sheet.inlineString(0, c, headings.get(c));
            sheet.style(0, c).bold().wrapText(true).set();
        }
        row = 1;
    }

    public void writeRow(List<String> cells) throws IOException {
        for (int c = 0; c < cells.size() && c < fields.size(); c++) {
            var text = cells.get(c);
            if (!text.isEmpty()) {
                writeCell(
                        c, fields.get(c), text.length() > MAX_CELL_LENGTH ? text.substring(0, MAX_CELL_LENGTH) : text);
            }
        }
        row++;
        if (row % FLUSH_ROWS == 0) {
            sheet.flush();
        }
    }

    private void writeCell(int column, @Nullable FormField field, String text) {
        var day = field != null && field.type() == FormField.FieldType.DATE ? parseDay(text) : null;
        if (day != null) {
            sheet.value(row, column, day);
            sheet.style(row, column).format("yyyy-mm-dd").set();
        } else if (field != null && numberPattern(field).matcher(text).matches()) {
            sheet.value(row, column, new BigDecimal(text));
            sheet.style(row, column).format("General").set();
        } else {
            sheet.inlineString(row, column, text);
            sheet.style(row, column).format("@").set();
        }
    }

    /**
     * Returns the pattern of values that the spreadsheet had as numbers, valid or not; as text they could not be
     * corrected with another cell format. Eight digits in a column of days are ambiguous.
     */
    private static Pattern numberPattern(FormField field) {
        return switch (field.type()) {
            case INTEGER -> NUMBER_PATTERN;
            case DATE -> DAY_NUMBER_PATTERN;
            default -> NEVER_MATCHES;
        };
    }

    /** Returns the day; null for an invalid one, or one that a spreadsheet shows wrongly or not at all. */
    private static @Nullable LocalDate parseDay(String text) {
        try {
            var day = text.length() == 10 ? LocalDate.parse(text) : null;
            return day == null || day.isBefore(FIRST_DAY) ? null : day;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        workbook.close();
    }
}
