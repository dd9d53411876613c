package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voyage.kittest.RecordApiClient.bureau;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * File as a clerk would send it, with the expected outcome. The files are in a YAML file: {@code records} has the headings
 * and a sound row of each record. A case has a few words about what the clerk did, and its rows: {@code headings} and {@code
 * row} are those of the record, an object is the sound row with other cells, a list is any row. Every {@code {id}} is
 * a key that no other test uses.
 */
public final class MessyFile {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final JsonNode record;
    private final JsonNode given;
    /** Digits after a hyphen: letters in front of six digits look like the number of a passport. */
    private final String id = "M-" + ThreadLocalRandom.current().nextInt(10_000_000, 100_000_000);

    private int rows;

    private MessyFile(JsonNode record, JsonNode given) {
        this.record = record;
        this.given = given;
    }

    /** Returns the files of a YAML file on the class path. */
    public static List<MessyFile> loadFiles(String resource) {
        try (InputStream in = Objects.requireNonNull(MessyFile.class.getResourceAsStream(resource), resource)) {
            JsonNode all = new YAMLMapper().readTree(in);
            List<MessyFile> files = new ArrayList<>();
            for (JsonNode file : all.get("files")) {
                files.add(
                        new MessyFile(all.get("records").get(file.path("record").asText("school")), file));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return given.get("clerk").asText();
    }

    /** Sends the file and requires the expected outcome. */
    public void requireOutcome() {
        Response answer = bureau(record.get("province").asText())
                .contentType(contentType())
                .body(toBytes())
                .post(record.get("path").asText() + "/batches"
                        + given.path("query").asText());
        String text = new String(answer.asByteArray(), StandardCharsets.UTF_8);
        JsonNode json = RecordApiClient.parseJson(answer.asByteArray());
        JsonNode expected = given.get("expect");
        assertThat(answer.statusCode())
                .as(text)
                .isEqualTo(expected.path("status").asInt(200));
        for (String count : List.of("created", "corrected", "unchanged", "refused", "withdrawn")) {
            if (json.has("counts")) {
                assertThat(json.at("/counts/" + count).asInt())
                        .as("%s in %s", count, text)
                        .isEqualTo(expected.path(count).asInt());
            }
        }
        if (expected.has("causes") || answer.statusCode() == 200) {
            assertThat(describe(json.path("errors")))
                    .as(text)
                    .containsExactlyInAnyOrderElementsOf(texts(expected.path("causes")));
        }
        assertThat(describe(json.path("warnings")))
                .as(text)
                .containsExactlyInAnyOrderElementsOf(texts(expected.path("warnings")));
        texts(expected.path("says")).forEach(said -> assertThat(text).contains(said));
        texts(expected.path("hides")).forEach(hidden -> assertThat(text).doesNotContain(hidden));
    }

    /** Returns line, rule and field of each cause; the line and the field only where there is one. */
    private static List<String> describe(JsonNode causes) {
        List<String> described = new ArrayList<>();
        for (JsonNode cause : causes) {
            String line = cause.path("firstLine").asInt(0) == 0
                    ? ""
                    : cause.get("firstLine").asText() + " ";
            String pointer = cause.path("pointer").asText();
            described.add(line + cause.get("rule").asText() + (pointer.isEmpty() ? "" : " " + pointer));
        }
        return described;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        if (list.isTextual()) {
            texts.add(list.asText());
        }
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private String contentType() {
        String sent = given.path("type").asText("xlsx");
        return switch (sent) {
            case "xlsx" -> XLSX;
            case "csv" -> "text/csv";
            default -> sent;
        };
    }

    private byte[] toBytes() {
        if (given.has("hex")) {
            return HexFormat.of().parseHex(given.get("hex").asText().replaceAll("\\s", ""));
        }
        if (given.has("text")) {
            return encode(given.get("text").asText().replace("{id}", id));
        }
        if (given.path("as").asText(given.path("type").asText("xlsx")).equals("csv")) {
            char separator = given.path("separator").asText(",").charAt(0);
            return encode(toRows(given.get("rows")).stream()
                            .map(row -> row.stream()
                                    .map(cell -> toCsv(cell.asText(), separator))
                                    .collect(Collectors.joining(String.valueOf(separator))))
                            .collect(Collectors.joining("\r\n"))
                    + "\r\n");
        }
        ClerkWorkbook book = new ClerkWorkbook();
        if (given.has("sheets")) {
            for (JsonNode sheet : given.get("sheets")) {
                addSheet(book, sheet);
            }
        } else {
            addSheet(book, given);
        }
        return book.toBytes();
    }

    private void addSheet(ClerkWorkbook book, JsonNode sheet) {
        List<Integer> hidden = new ArrayList<>();
        sheet.path("hiddenRows").forEach(row -> hidden.add(row.asInt()));
        book.addSheet(
                sheet.path("name").asText("Sheet1"),
                sheet.path("hidden").asBoolean(),
                toRows(sheet.path("rows")),
                texts(sheet.path("merges")),
                hidden);
    }

    private static String toCsv(String cell, char separator) {
        return cell.indexOf(separator) >= 0 || cell.indexOf('"') >= 0 || cell.indexOf('\n') >= 0
                ? '"' + cell.replace("\"", "\"\"") + '"'
                : cell;
    }

    private byte[] encode(String text) {
        String mark = given.path("mark").asBoolean() ? "\uFEFF" : "";
        return (mark + text).getBytes(Charset.forName(given.path("encoding").asText("UTF-8")));
    }

    private List<List<JsonNode>> toRows(JsonNode described) {
        List<List<JsonNode>> all = new ArrayList<>();
        for (JsonNode row : described) {
            all.add(toRow(row).stream().map(this::withId).toList());
            rows++;
        }
        return all;
    }

    private List<JsonNode> toRow(JsonNode row) {
        List<JsonNode> cells = new ArrayList<>();
        if (row.isArray()) {
            row.forEach(cells::add);
        } else if (row.asText().equals("headings")) {
            record.get("headings").forEach(cells::add);
        } else {
            for (int i = 0; i < record.get("headings").size(); i++) {
                String heading = record.get("headings").get(i).asText();
                cells.add(
                        row.has(heading) ? row.get(heading) : record.get("row").get(i));
            }
        }
        return cells;
    }

    private JsonNode withId(JsonNode cell) {
        return cell.isTextual()
                ? TextNode.valueOf(cell.textValue().replace("{id}", id).replace("{row}", String.valueOf(rows)))
                : cell;
    }
}
