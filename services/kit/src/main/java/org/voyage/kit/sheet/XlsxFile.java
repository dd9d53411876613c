package org.voyage.kit.sheet;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Refusal;

/** A spreadsheet that a stranger sent, opened without trusting anything in it. Not safe for threads. */
public final class XlsxFile implements Closeable {
    /** Bytes of the zip's own list of contents: some hundred parts are plenty. */
    private static final int MOST_DIRECTORY = 1 << 20;

    private static final int END_RECORD = 22;
    private static final String RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final ZipFile zip;
    private final List<Sheet> sheets = new ArrayList<>();
    private boolean from1904;
    private XlsxStyles styles = XlsxStyles.NONE;
    private @Nullable XlsxTexts texts;
    private @Nullable String textsPart;

    /** @param part the zip entry that holds it */
    public record Sheet(String name, boolean hidden, String part) {}

    private XlsxFile(ZipFile zip) {
        this.zip = zip;
    }

    /** @throws Refusal.Malformed if the file is none, is protected by a password or of the format before 2007 */
    public static XlsxFile open(Path file) throws IOException {
        requireZip(file);
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw broken();
        }
        var opened = new XlsxFile(zip);
        try {
            opened.readWorkbook();
            return opened;
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    public List<Sheet> sheets() {
        return sheets;
    }

    /**
     * The rows to look for headings in: cells as they stand.
     *
     * @param rowLimit most characters of a row that are kept
     */
    public XlsxRows peek(Sheet sheet, int rowLimit) throws IOException {
        return rows(sheet, XlsxMerges.NONE, rowLimit);
    }

    /**
     * All rows, for which the sheet is read once more: what is merged stands behind them.
     *
     * @param rowLimit most characters of a row that are kept
     */
    public XlsxRows rows(Sheet sheet, int rowLimit) throws IOException {
        return rows(sheet, XlsxMerges.read(open(sheet.part())), rowLimit);
    }

    private XlsxRows rows(Sheet sheet, XlsxMerges merges, int rowLimit) throws IOException {
        if (texts == null) {
            texts = textsPart == null || zip.getEntry(textsPart) == null
                    ? XlsxTexts.none()
                    : XlsxTexts.read(open(textsPart));
        }
        var entry = zip.getEntry(sheet.part());
        return new XlsxRows(
                open(sheet.part()), entry == null ? -1 : entry.getSize(), texts, styles, from1904, merges, rowLimit);
    }

    private void readWorkbook() throws IOException {
        var workbook = target(relations("_rels/.rels"), "/officeDocument", "xl/workbook.xml");
        var folder = workbook.substring(0, workbook.lastIndexOf('/') + 1);
        var relations = relations(folder + "_rels/" + workbook.substring(folder.length()) + ".rels");
        Map<String, String> targets = new HashMap<>();
        for (var relation : relations) {
            targets.put(relation.id, resolve(folder, relation.target));
            if (relation.type.endsWith("/sharedStrings")) {
                textsPart = resolve(folder, relation.target);
            } else if (relation.type.endsWith("/styles")) {
                var part = resolve(folder, relation.target);
                if (zip.getEntry(part) != null) {
                    styles = XlsxStyles.read(open(part));
                }
            }
        }
        try (var xml = open(workbook)) {
            while (xml.nextStart()) {
                switch (xml.reader().getLocalName()) {
                    case "workbookPr" -> from1904 = XlsxXml.flag(xml.attribute("date1904"));
                    case "sheet" -> addSheet(xml.reader(), targets);
                    default -> {}
                }
            }
        } catch (XMLStreamException e) {
            throw broken();
        }
    }

    private void addSheet(XMLStreamReader reader, Map<String, String> targets) {
        var part = targets.get(String.valueOf(reader.getAttributeValue(RELATIONSHIPS, "id")));
        if (part != null && sheets.size() < 200) {
            var state = reader.getAttributeValue(null, "state");
            sheets.add(new Sheet(
                    String.valueOf(reader.getAttributeValue(null, "name")),
                    state != null && !state.equals("visible"),
                    part));
        }
    }

    private record Relation(String id, String type, String target) {}

    private List<Relation> relations(String part) throws IOException {
        var relations = new ArrayList<Relation>();
        if (zip.getEntry(part) == null) {
            return relations;
        }
        try (var xml = open(part)) {
            while (xml.nextStart()) {
                if (xml.reader().getLocalName().equals("Relationship")) {
                    relations.add(new Relation(
                            String.valueOf(xml.attribute("Id")),
                            String.valueOf(xml.attribute("Type")),
                            String.valueOf(xml.attribute("Target"))));
                }
            }
        } catch (XMLStreamException e) {
            throw broken();
        }
        return relations;
    }

    private static String target(List<Relation> relations, String type, String otherwise) {
        return relations.stream()
                .filter(relation -> relation.type.endsWith(type))
                .map(relation -> resolve("", relation.target))
                .findFirst()
                .orElse(otherwise);
    }

    private static String resolve(String folder, String target) {
        return target.startsWith("/") ? target.substring(1) : folder + target;
    }

    private XlsxXml open(String part) throws IOException {
        ZipEntry entry = zip.getEntry(part);
        if (entry == null) {
            throw broken();
        }
        return new XlsxXml(zip.getInputStream(entry));
    }

    private static void requireZip(Path file) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            var magic = new byte[8];
            int read = in.read(magic);
            if (read == 8 && (magic[0] & 0xFF) == 0xD0 && (magic[1] & 0xFF) == 0xCF && magic[2] == 0x11) {
                throw oldOrProtected(file);
            }
            if (read < 8 || magic[0] != 'P' || magic[1] != 'K') {
                throw broken();
            }
            requireSmallDirectory(in);
        }
    }

    /** The JDK holds a zip's whole directory in memory, so its size is looked at first. */
    private static void requireSmallDirectory(RandomAccessFile in) throws IOException {
        int length = (int) Math.min(in.length(), 65_536 + END_RECORD);
        var tail = new byte[length];
        in.seek(in.length() - length);
        in.readFully(tail);
        for (int i = length - END_RECORD; i >= 0; i--) {
            if (tail[i] == 'P' && tail[i + 1] == 'K' && tail[i + 2] == 5 && tail[i + 3] == 6) {
                long size = 0;
                for (int b = 3; b >= 0; b--) {
                    size = size << 8 | tail[i + 12 + b] & 0xFF;
                }
                if (size <= MOST_DIRECTORY) {
                    return;
                }
            }
        }
        throw broken();
    }

    /** Both are the same kind of container; one with a password holds a part of this name, in UTF-16. */
    private static Refusal oldOrProtected(Path file) throws IOException {
        var wanted = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        try (var in = Files.newInputStream(file)) {
            var start = new String(in.readNBytes(8 << 20), StandardCharsets.ISO_8859_1);
            return start.contains(new String(wanted, StandardCharsets.ISO_8859_1))
                    ? new Refusal.Malformed(
                            "The file is protected by a password; please save it without one.", "文件设有打开密码，请取消密码后再报送。")
                    : new Refusal.Malformed(
                            "The file is of the format before 2007 (.xls); please save it as .xlsx.",
                            "文件为旧版 .xls 格式，请另存为 .xlsx。");
        }
    }

    static Refusal broken() {
        return new Refusal.Malformed(
                "The file is no whole .xlsx spreadsheet; please save it again as .xlsx.",
                "文件不是完整的 .xlsx 表格，请重新另存为 .xlsx。");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
