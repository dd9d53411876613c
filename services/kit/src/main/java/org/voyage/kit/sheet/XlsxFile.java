package org.voyage.kit.sheet;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;

/**
 * Spreadsheet file from outside, opened without trust in its content. Parts, sheets, rows above the headings, cells, texts
 * and the work in proportion to the file's size are limited before the work is done. Not safe for threads.
 */
public final class XlsxFile implements Closeable {
    /** Maximum size of the zip's directory in bytes: some hundred parts are plenty. */
    private static final int MAX_DIRECTORY_BYTES = 1 << 20;

    private static final int MAX_PARTS = 5_000;
    private static final int MAX_RELATIONS = 5_000;
    private static final int MAX_SHEETS = 100;
    /** Maximum number of rows, empty ones included, among which headings are searched. */
    private static final int MAX_PEEKED_ROWS = 1_000;

    private static final int OLE2_SIGNATURE = 0xE011CFD0;
    private static final short ZIP_SIGNATURE = 0x4B50;
    private static final int END_SIGNATURE = 0x06054B50;
    private static final int END_RECORD_BYTES = 22;
    private static final int ZIP64_LOCATOR_SIGNATURE = 0x07064B50;
    private static final int ZIP64_LOCATOR_BYTES = 20;
    private static final int ZIP64_END_RECORD_BYTES = 56;
    private static final String RELATIONSHIP_NAMESPACE =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final ZipFile zip;
    private final XlsxWorkLimit work = new XlsxWorkLimit();
    private final List<WorkbookSheet> sheets = new ArrayList<>();
    private final Set<String> sheetParts = new HashSet<>();
    private boolean from1904;
    private XlsxStyles styles = XlsxStyles.EMPTY;
    private @Nullable XlsxSharedStrings texts;
    private @Nullable String textsPart;

    /**
     * Sheet of the workbook.
     *
     * @param part zip entry of the sheet
     */
    public record WorkbookSheet(String name, boolean hidden, String part) {}

    private XlsxFile(ZipFile zip) {
        this.zip = zip;
    }

    /**
     * Opens a spreadsheet.
     *
     * @throws Refusal.Malformed if the file is no spreadsheet, has a password or the format before 2007
     */
    public static XlsxFile open(Path file) throws IOException {
        return open(Files.newByteChannel(file));
    }

    /**
     * Opens a spreadsheet.
     *
     * @param bytes closed with it, or at once if it cannot be opened
     * @throws Refusal.Malformed as above
     */
    public static XlsxFile open(SeekableByteChannel bytes) throws IOException {
        try {
            requireZip(bytes);
            var opened = new XlsxFile(openZip(bytes));
            opened.requireFewParts();
            opened.readWorkbook();
            return opened;
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private static ZipFile openZip(SeekableByteChannel bytes) throws IOException {
        try {
            return ZipFile.builder()
                    .setSeekableByteChannel(bytes)
                    .setIgnoreLocalFileHeader(true)
                    .get();
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw brokenFile();
        }
    }

    public List<WorkbookSheet> sheets() {
        return sheets;
    }

    /** Returns the work that the file has caused so far: {@link XlsxWorkLimit}. */
    long totalWork() {
        return work.totalWork();
    }

    private void requireFewParts() {
        int parts = 0;
        for (var entries = zip.getEntries(); entries.hasMoreElements(); entries.nextElement()) {
            if (++parts > MAX_PARTS) {
                throw brokenFile();
            }
        }
    }

    /**
     * Returns the first rows for the search for headings, without merged cells; {@value #MAX_PEEKED_ROWS} rows at most,
     * empty ones included.
     *
     * @param rowLimit maximum number of kept characters of a row
     */
    public XlsxRows peekRows(WorkbookSheet sheet, int rowLimit) throws IOException {
        return openRows(sheet, XlsxMerges.EMPTY, rowLimit, MAX_PEEKED_ROWS);
    }

    /**
     * Returns all rows. The sheet is read again, because its merged cells are listed behind its rows.
     *
     * @param rowLimit maximum number of kept characters of a row
     */
    public XlsxRows openRows(WorkbookSheet sheet, int rowLimit) throws IOException {
        return openRows(sheet, XlsxMerges.readMerges(open(sheet.part())), rowLimit, XlsxRows.MAX_ROWS);
    }

    private XlsxRows openRows(WorkbookSheet sheet, XlsxMerges merges, int rowLimit, int maxRows) throws IOException {
        if (texts == null) {
            texts = textsPart == null || zip.getEntry(textsPart) == null
                    ? XlsxSharedStrings.none()
                    : XlsxSharedStrings.readTexts(open(textsPart));
        }
        var entry = zip.getEntry(sheet.part());
        return new XlsxRows(
                open(sheet.part()),
                work,
                entry == null ? -1 : entry.getSize(),
                texts,
                styles,
                from1904,
                merges,
                rowLimit,
                maxRows);
    }

    private void readWorkbook() throws IOException {
        var workbook = findTarget(readRelations("_rels/.rels"), "/officeDocument", "xl/workbook.xml");
        var folder = workbook.substring(0, workbook.lastIndexOf('/') + 1);
        var relations = readRelations(folder + "_rels/" + workbook.substring(folder.length()) + ".rels");
        Map<String, String> targets = new HashMap<>();
        for (var relation : relations) {
            targets.put(relation.id, resolvePath(folder, relation.target));
            if (relation.type.endsWith("/sharedStrings")) {
                textsPart = resolvePath(folder, relation.target);
            } else if (relation.type.endsWith("/styles") && styles == XlsxStyles.EMPTY) {
                var part = resolvePath(folder, relation.target);
                if (zip.getEntry(part) != null) {
                    styles = XlsxStyles.readStyles(open(part));
                }
            }
        }
        try (var xml = open(workbook)) {
            while (xml.nextStartElement()) {
                switch (xml.reader().getLocalName()) {
                    case "workbookPr" -> from1904 = XlsxPartReader.parseFlag(xml.attributeOf("date1904"));
                    case "sheet" -> addSheet(xml.reader(), targets);
                    default -> {}
                }
            }
        } catch (XMLStreamException e) {
            throw brokenFile();
        }
    }

    private void addSheet(XMLStreamReader reader, Map<String, String> targets) {
        var part = targets.get(String.valueOf(reader.getAttributeValue(RELATIONSHIP_NAMESPACE, "id")));
        if (part != null) {
            requireNewSheet(part);
            var state = reader.getAttributeValue(null, "state");
            sheets.add(new WorkbookSheet(
                    String.valueOf(reader.getAttributeValue(null, "name")),
                    state != null && !state.equals("visible"),
                    part));
        }
    }

    /** Requires that no other sheet has the part, and that the sheets are not too many. */
    private void requireNewSheet(String part) {
        if (!sheetParts.add(part)) {
            throw brokenFile();
        }
        if (sheets.size() == MAX_SHEETS) {
            throw new Refusal.Malformed(
                    "The spreadsheet has more than " + MAX_SHEETS
                            + " sheets; please save the one with the records as a file of its own.",
                    "工作表超过 " + MAX_SHEETS + " 个，请将含有数据的工作表另存为单独文件后报送。");
        }
    }

    private record PackageRelation(String id, String type, String target) {}

    private List<PackageRelation> readRelations(String part) throws IOException {
        var relations = new ArrayList<PackageRelation>();
        if (zip.getEntry(part) == null) {
            return relations;
        }
        try (var xml = open(part)) {
            while (xml.nextStartElement()) {
                if (xml.reader().getLocalName().equals("Relationship")) {
                    if (relations.size() == MAX_RELATIONS) {
                        throw brokenFile();
                    }
                    relations.add(new PackageRelation(
                            String.valueOf(xml.attributeOf("Id")),
                            String.valueOf(xml.attributeOf("Type")),
                            String.valueOf(xml.attributeOf("Target"))));
                }
            }
        } catch (XMLStreamException e) {
            throw brokenFile();
        }
        return relations;
    }

    private static String findTarget(List<PackageRelation> relations, String type, String otherwise) {
        return relations.stream()
                .filter(relation -> relation.type.endsWith(type))
                .map(relation -> resolvePath("", relation.target))
                .findFirst()
                .orElse(otherwise);
    }

    private static String resolvePath(String folder, String target) {
        return target.startsWith("/") ? target.substring(1) : folder + target;
    }

    private XlsxPartReader open(String part) throws IOException {
        var entry = zip.getEntry(part);
        if (entry == null || !isPackedAsUsual(entry)) {
            throw brokenFile();
        }
        try {
            return new XlsxPartReader(zip.getInputStream(entry), work);
        } catch (ZipException | EOFException e) {
            throw brokenFile();
        }
    }

    /** Returns whether an entry has one of the two methods that spreadsheets use; others are slow to unpack. */
    private static boolean isPackedAsUsual(ZipArchiveEntry entry) {
        return entry.getMethod() == ZipEntry.DEFLATED || entry.getMethod() == ZipEntry.STORED;
    }

    private static void requireZip(SeekableByteChannel in) throws IOException {
        var magic = readBytes(in, 0, 8);
        if (magic.remaining() == 8 && magic.getInt(0) == OLE2_SIGNATURE) {
            throw oldOrProtectedFile(in);
        }
        if (magic.remaining() < 8 || magic.getShort(0) != ZIP_SIGNATURE) {
            throw brokenFile();
        }
        requireSmallDirectory(in);
    }

    /** Requires a small directory, because the zip reader holds all of it in memory. */
    private static void requireSmallDirectory(SeekableByteChannel in) throws IOException {
        long from = Math.max(0, in.size() - 65_535 - END_RECORD_BYTES);
        var tail = readBytes(in, from, 65_535 + END_RECORD_BYTES);
        for (int i = tail.limit() - END_RECORD_BYTES; i >= 0; i--) {
            if (tail.getInt(i) == END_SIGNATURE) {
                if (from + i - findDirectory(in, from + i, Integer.toUnsignedLong(tail.getInt(i + 12)))
                        > MAX_DIRECTORY_BYTES) {
                    throw brokenFile();
                }
                return;
            }
        }
        throw brokenFile();
    }

    /**
     * Returns the start of the directory. A large file has a second end record, which a locator before the first one
     * names.
     */
    private static long findDirectory(SeekableByteChannel in, long end, long size) throws IOException {
        var locator = readBytes(in, Math.max(0, end - ZIP64_LOCATOR_BYTES), ZIP64_LOCATOR_BYTES);
        if (locator.remaining() < ZIP64_LOCATOR_BYTES || locator.getInt(0) != ZIP64_LOCATOR_SIGNATURE) {
            return end - size;
        }
        var second = readBytes(in, locator.getLong(8), ZIP64_END_RECORD_BYTES);
        if (second.remaining() < ZIP64_END_RECORD_BYTES) {
            throw brokenFile();
        }
        return second.getLong(48);
    }

    /** Reads the bytes from a position on, at most so many. */
    private static ByteBuffer readBytes(SeekableByteChannel in, long from, int most) throws IOException {
        if (from < 0 || from > in.size()) {
            throw brokenFile();
        }
        var bytes = ByteBuffer.allocate((int) Math.min(most, in.size() - from)).order(ByteOrder.LITTLE_ENDIAN);
        in.position(from);
        while (bytes.hasRemaining() && in.read(bytes) >= 0) {
            // until it is full
        }
        return bytes.flip();
    }

    /**
     * Returns the refusal of an old or protected file. Both are the same kind of container; one with a password has a
     * part of this name, in UTF-16.
     */
    private static Refusal oldOrProtectedFile(SeekableByteChannel in) throws IOException {
        var wanted = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        var start =
                StandardCharsets.ISO_8859_1.decode(readBytes(in, 0, 8 << 20)).toString();
        return start.contains(new String(wanted, StandardCharsets.ISO_8859_1))
                ? new Refusal.Malformed(
                        "The file is protected by a password; please save it without one.", "文件设有打开密码，请取消密码后再报送。")
                : new Refusal.Malformed(
                        "The file is of the format before 2007 (.xls); please save it as .xlsx.",
                        "文件为旧版 .xls 格式，请另存为 .xlsx。");
    }

    static Refusal brokenFile() {
        return new Refusal.Malformed(
                "The file is no whole .xlsx spreadsheet; please save it again as .xlsx.",
                "文件不是完整的 .xlsx 表格，请重新另存为 .xlsx。");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
