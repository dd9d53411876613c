package org.voyage.kit.sheet;

import java.io.IOException;
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

    private final Map<String, String> parts = new LinkedHashMap<>();

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
        parts.put(name, text);
        return this;
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
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
