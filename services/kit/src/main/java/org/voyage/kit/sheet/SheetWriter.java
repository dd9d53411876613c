package org.voyage.kit.sheet;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writer of a table as a spreadsheet, row by row, holding no more than some hundred rows. The table has a sheet of its own,
 * or is in the template of a record.
 */
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

    private static final String WRONG_COLOUR = "FFC7CE";
    private static final int MAX_NOTES = 2_000;
    private static final int MAX_NOTE_LENGTH = 1_000;
    private static final double REASON_WIDTH = 60;

    private final Workbook workbook;
    private final Worksheet sheet;
    private final List<? extends @Nullable FormField> fields;
    private int row;
    private int notes;

    private SheetWriter(Workbook workbook, Worksheet sheet, List<FormField> fields) {
        this.workbook = workbook;
        this.sheet = sheet;
        this.fields = fields;
        this.row = 1;
    }

    /**
     * Returns a writer of refused rows into the template of a record, with its drop-downs and code lists. The last column
     * is the reason.
     *
     * @param sent names of the columns that the sender's file had, which may be more than those of the template
     */
    public static SheetWriter inTemplate(OutputStream out, RecordForm form, Collection<String> sent) {
        var fields = new ArrayList<>(TemplateFile.columns(form));
        for (var name : sent) {
            var column = form.findColumn(name);
            if (column != null && !fields.contains(column)) {
                fields.add(column);
            }
        }
        fields.add(Objects.requireNonNull(form.findColumn("refusedBecause")));
        var workbook = new Workbook(out, "Voyage", null);
        var sheet = TemplateFile.writeSheets(workbook, form, fields);
        sheet.width(fields.size() - 1, REASON_WIDTH);
        return new SheetWriter(workbook, sheet, fields);
    }

    /** Returns the names of the columns, {@code ""} for a text without a field. */
    public List<String> columns() {
        return fields.stream().map(field -> field == null ? "" : field.name()).toList();
    }

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
        writeRow(cells, Map.of());
    }

    /**
     * Writes a row with wrong cells, which are coloured and have a note.
     *
     * @param notes by the place of the cell
     */
    public void writeRow(List<String> cells, Map<Integer, String> notes) throws IOException {
        for (int c = 0; c < cells.size() && c < fields.size(); c++) {
            var text = cells.get(c);
            if (!text.isEmpty()) {
                writeCell(
                        c, fields.get(c), text.length() > MAX_CELL_LENGTH ? text.substring(0, MAX_CELL_LENGTH) : text);
            }
        }
        notes.forEach(this::markCell);
        row++;
        if (row % FLUSH_ROWS == 0) {
            sheet.flush();
        }
    }

    private void markCell(int column, String note) {
        sheet.style(row, column).fillColor(WRONG_COLOUR).set();
        // Notes stay in memory until the end; the reason column has all.
        if (this.notes < MAX_NOTES) {
            this.notes++;
            sheet.comment(row, column, note.length() > MAX_NOTE_LENGTH ? note.substring(0, MAX_NOTE_LENGTH) : note);
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
