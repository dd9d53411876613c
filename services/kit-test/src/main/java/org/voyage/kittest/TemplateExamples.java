package org.voyage.kittest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a clerk fills in who copies the examples of a template's second sheet below the headings of the first. */
final class TemplateExamples {

    /** Of the second sheet: above it are title, instruction and headings. */
    private static final int FIRST_ROW = 5;

    private static final Pattern CELL = Pattern.compile("([A-Z]+)([0-9]+)");

    private TemplateExamples() {}

    /** A CSV file of one row. */
    static String csv(byte[] template) throws IOException {
        Map<String, Document> parts = parts(template);
        List<String> texts = texts(part(parts, "xl/sharedStrings.xml"));
        Map<Integer, String> headings = new TreeMap<>();
        Map<Integer, String> examples = new HashMap<>();
        NodeList cells = part(parts, "xl/worksheets/sheet2.xml").getElementsByTagName("c");
        for (int i = 0; i < cells.getLength(); i++) {
            Element cell = (Element) cells.item(i);
            var place = CELL.matcher(cell.getAttribute("r"));
            int row = place.matches() ? Integer.parseInt(place.group(2)) : 0;
            if (row >= FIRST_ROW) {
                String value = cell.getTextContent();
                String text = cell.getAttribute("t").equals("s") ? texts.get(Integer.parseInt(value)) : value;
                switch (place.group(1)) {
                    case "A" -> headings.put(row, quoted(text));
                    case "H" -> examples.put(row, quoted(text));
                    default -> {}
                }
            }
        }
        return String.join(",", headings.values())
                + "\n"
                + headings.keySet().stream()
                        .map(row -> examples.getOrDefault(row, ""))
                        .collect(Collectors.joining(","))
                + "\n";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static List<String> texts(Document shared) {
        List<String> texts = new ArrayList<>();
        NodeList items = shared.getElementsByTagName("si");
        for (int i = 0; i < items.getLength(); i++) {
            texts.add(items.item(i).getTextContent());
        }
        return texts;
    }

    private static Document part(Map<String, Document> parts, String name) {
        return Objects.requireNonNull(parts.get(name), name);
    }

    private static Map<String, Document> parts(byte[] xlsx) throws IOException {
        Map<String, Document> parts = new HashMap<>();
        Path file = Files.createTempFile("template", ".xlsx");
        try {
            Files.write(file, xlsx);
            try (var zip = new ZipFile(file.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    if (entry.getName().endsWith(".xml")) {
                        parts.put(
                                entry.getName(),
                                DocumentBuilderFactory.newInstance()
                                        .newDocumentBuilder()
                                        .parse(zip.getInputStream(entry)));
                    }
                }
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        } finally {
            Files.delete(file);
        }
        return parts;
    }
}
