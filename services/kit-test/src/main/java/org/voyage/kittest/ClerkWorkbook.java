package org.voyage.kittest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Workbook as spreadsheet programs save it: texts, numbers, days, errors and formulas with their values, merged cells,
 * hidden rows and sheets.
 */
final class ClerkWorkbook {

    private static final LocalDate DAY_0 = LocalDate.of(1899, 12, 30);
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

    /** Cell formats by number: plain, day, Chinese day, six digits with leading zeros, text. */
    private static final List<String> FORMATS = List.of("0", "14", "164", "165", "49");

    private static final Map<String, Integer> STYLES =
            Map.of("plain", 0, "day", 1, "chinese", 2, "zeros", 3, "text", 4);

    private final List<String> sheets = new ArrayList<>();
    private final StringBuilder list = new StringBuilder();

    /**
     * Adds a sheet.
     *
     * @param rows cells of each row: texts, numbers, or objects with {@code day}, {@code serial}, {@code error}, or {@code
     *     formula} and {@code value}, and perhaps a {@code style}
     * @param merges merged areas, such as {@code A1:C1}
     * @param hiddenRows numbers of hidden rows, from 1
     */
    ClerkWorkbook addSheet(
            String name, boolean hidden, List<List<JsonNode>> rows, List<String> merges, List<Integer> hiddenRows) {
        StringBuilder xml = new StringBuilder("<worksheet xmlns=\"" + MAIN + "\"><sheetData>");
        for (int r = 0; r < rows.size(); r++) {
            xml.append("<row r=\"").append(r + 1).append('"');
            xml.append(hiddenRows.contains(r + 1) ? " hidden=\"1\">" : ">");
            for (int c = 0; c < rows.get(r).size(); c++) {
                xml.append(toXml(reference(c, r), rows.get(r).get(c)));
            }
            xml.append("</row>");
        }
        xml.append("</sheetData>");
        if (!merges.isEmpty()) {
            xml.append("<mergeCells>");
            merges.forEach(
                    merge -> xml.append("<mergeCell ref=\"").append(merge).append("\"/>"));
            xml.append("</mergeCells>");
        }
        sheets.add(xml.append("</worksheet>").toString());
        list.append("<sheet name=\"%s\" sheetId=\"%d\" r:id=\"s%d\"%s/>"
                .formatted(escape(name), sheets.size(), sheets.size(), hidden ? " state=\"hidden\"" : ""));
        return this;
    }

    private static String toXml(String reference, JsonNode cell) {
        int style = STYLES.getOrDefault(cell.path("style").asText("plain"), 0);
        if (cell.isNull() || cell.isTextual() && cell.textValue().isEmpty()) {
            return "";
        }
        if (cell.isNumber()) {
            return "<c r=\"%s\"><v>%s</v></c>".formatted(reference, cell.asText());
        }
        if (cell.has("day")) {
            long serial = ChronoUnit.DAYS.between(
                    DAY_0, LocalDate.parse(cell.get("day").asText()));
            return "<c r=\"%s\" s=\"%d\"><v>%d</v></c>".formatted(reference, style == 0 ? 1 : style, serial);
        }
        if (cell.has("serial")) {
            return "<c r=\"%s\" s=\"%d\"><v>%s</v></c>"
                    .formatted(reference, style, cell.get("serial").asText());
        }
        if (cell.has("error")) {
            return "<c r=\"%s\" t=\"e\"><v>%s</v></c>"
                    .formatted(reference, cell.get("error").asText());
        }
        if (cell.has("formula")) {
            String value = cell.has("value") ? "<v>" + escape(cell.get("value").asText()) + "</v>" : "";
            return "<c r=\"%s\"%s><f>%s</f>%s</c>"
                    .formatted(
                            reference,
                            value.isEmpty() || cell.get("value").isNumber() ? "" : " t=\"str\"",
                            escape(cell.get("formula").asText()),
                            value);
        }
        return "<c r=\"%s\" t=\"inlineStr\"><is><t xml:space=\"preserve\">%s</t></is></c>"
                .formatted(reference, escape(cell.asText()));
    }

    private static String reference(int column, int row) {
        return (char) ('A' + column) + String.valueOf(row + 1);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(
                    zip,
                    "_rels/.rels",
                    "<Relationships xmlns=\"" + PACKAGE + "\"><Relationship Id=\"a\" Type=\"" + OFFICE
                            + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            add(
                    zip,
                    "xl/workbook.xml",
                    "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + OFFICE + "\"><sheets>" + list
                            + "</sheets></workbook>");
            StringBuilder relations = new StringBuilder("<Relationships xmlns=\"" + PACKAGE
                    + "\"><Relationship Id=\"y\"" + " Type=\"" + OFFICE + "/styles\" Target=\"styles.xml\"/>");
            for (int i = 1; i <= sheets.size(); i++) {
                relations.append("<Relationship Id=\"s%d\" Type=\"%s/worksheet\" Target=\"worksheets/sheet%d.xml\"/>"
                        .formatted(i, OFFICE, i));
                add(zip, "xl/worksheets/sheet" + i + ".xml", sheets.get(i - 1));
            }
            add(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    relations.append("</Relationships>").toString());
            StringBuilder styles = new StringBuilder("<styleSheet xmlns=\"" + MAIN + "\"><numFmts count=\"2\"><numFmt"
                    + " numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/><numFmt"
                    + " numFmtId=\"165\" formatCode=\"000000\"/></numFmts><cellXfs>");
            FORMATS.forEach(format -> styles.append("<xf numFmtId=\"" + format + "\" applyNumberFormat=\"1\"/>"));
            add(zip, "xl/styles.xml", styles.append("</cellXfs></styleSheet>").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String part, String xml) throws IOException {
        zip.putNextEntry(new ZipEntry(part));
        zip.write(xml.getBytes(StandardCharsets.UTF_8));
    }
}
