package org.voyage.kit.sheet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A spreadsheet written part by part, with what other programs and strangers put into them. */
public final class RawSheet {
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

    private final Map<String, String> parts = new LinkedHashMap<>();

    public RawSheet(String workbookProperties, String rows) {
        part(
                "_rels/.rels",
                "<Relationships xmlns='" + PACKAGE + "'><Relationship Id='a' Type='" + OFFICE
                        + "/officeDocument' Target='xl/workbook.xml'/></Relationships>");
        part(
                "xl/workbook.xml",
                "<workbook xmlns='" + MAIN + "' xmlns:r='" + OFFICE + "'>" + workbookProperties
                        + "<sheets><sheet name='表' sheetId='1' r:id='s'/></sheets></workbook>");
        part(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns='" + PACKAGE + "'>"
                        + "<Relationship Id='s' Type='" + OFFICE + "/worksheet' Target='worksheets/sheet1.xml'/>"
                        + "<Relationship Id='t' Type='" + OFFICE + "/sharedStrings' Target='/xl/sharedStrings.xml'/>"
                        + "<Relationship Id='y' Type='" + OFFICE + "/styles' Target='styles.xml'/></Relationships>");
        part(
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns='" + MAIN + "'><sheetData>" + rows + "</sheetData></worksheet>");
    }

    public RawSheet part(String name, String text) {
        parts.put(name, text);
        return this;
    }

    public RawSheet texts(String items) {
        return part("xl/sharedStrings.xml", "<sst xmlns='" + MAIN + "'>" + items + "</sst>");
    }

    public RawSheet styles(String inside) {
        return part("xl/styles.xml", "<styleSheet xmlns='" + MAIN + "'>" + inside + "</styleSheet>");
    }

    public Path in(Path folder) throws IOException {
        var file = Files.createTempFile(folder, "sheet", ".xlsx");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
