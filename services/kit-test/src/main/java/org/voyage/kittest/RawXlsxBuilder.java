package org.voyage.kittest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builder of a spreadsheet part by part, with the parts of other programs and of attackers. */
public final class RawXlsxBuilder {
    private static final String MAIN_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String OFFICE_NAMESPACE =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships";

    private static final int BLOCK_CHARS = 1 << 14;

    private final Map<String, PartText> parts = new LinkedHashMap<>();

    /** Text of a part: one unit is repeated between its head and its tail. */
    private record PartText(String head, String unit, int times, String tail) {
        private void writeTo(OutputStream out) throws IOException {
            out.write(head.getBytes(StandardCharsets.UTF_8));
            int block = Math.clamp(BLOCK_CHARS / Math.max(1, unit.length()), 1, Math.max(1, times));
            byte[] units = unit.repeat(block).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < times / block; i++) {
                out.write(units);
            }
            out.write(unit.repeat(times % block).getBytes(StandardCharsets.UTF_8));
            out.write(tail.getBytes(StandardCharsets.UTF_8));
        }
    }

    public RawXlsxBuilder(String workbookProperties, String rows) {
        addPart(
                "_rels/.rels",
                "<Relationships xmlns='" + PACKAGE_NAMESPACE + "'><Relationship Id='a' Type='" + OFFICE_NAMESPACE
                        + "/officeDocument' Target='xl/workbook.xml'/></Relationships>");
        addPart(
                "xl/workbook.xml",
                "<workbook xmlns='" + MAIN_NAMESPACE + "' xmlns:r='" + OFFICE_NAMESPACE + "'>" + workbookProperties
                        + "<sheets><sheet name='表' sheetId='1' r:id='s'/></sheets></workbook>");
        addPart(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns='" + PACKAGE_NAMESPACE + "'>"
                        + "<Relationship Id='s' Type='" + OFFICE_NAMESPACE
                        + "/worksheet' Target='worksheets/sheet1.xml'/>"
                        + "<Relationship Id='t' Type='" + OFFICE_NAMESPACE
                        + "/sharedStrings' Target='/xl/sharedStrings.xml'/>"
                        + "<Relationship Id='y' Type='" + OFFICE_NAMESPACE
                        + "/styles' Target='styles.xml'/></Relationships>");
        addPart(
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns='" + MAIN_NAMESPACE + "'><sheetData>" + rows + "</sheetData></worksheet>");
    }

    public RawXlsxBuilder addPart(String name, String text) {
        return addPart(name, text, "", 0, "");
    }

    /** Adds a part of any size: the unit is repeated between head and tail. */
    public RawXlsxBuilder addPart(String name, String head, String unit, int times, String tail) {
        parts.put(name, new PartText(head, unit, times, tail));
        return this;
    }

    /** Sets the content of the first sheet. */
    public RawXlsxBuilder setSheet(String head, String unit, int times, String tail) {
        return addPart(
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns='" + MAIN_NAMESPACE + "'>" + head,
                unit,
                times,
                tail + "</worksheet>");
    }

    public RawXlsxBuilder addTexts(String items) {
        return addPart("xl/sharedStrings.xml", "<sst xmlns='" + MAIN_NAMESPACE + "'>" + items + "</sst>");
    }

    public RawXlsxBuilder addStyles(String inside) {
        return addPart("xl/styles.xml", "<styleSheet xmlns='" + MAIN_NAMESPACE + "'>" + inside + "</styleSheet>");
    }

    public Path writeTo(Path folder) throws IOException {
        var file = Files.createTempFile(folder, "sheet", ".xlsx");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                part.getValue().writeTo(zip);
            }
        }
        return file;
    }
}
