package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voyage.kittest.RecordApiClient.bureau;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * File as a clerk would send it, with the expected outcome. The files are in a YAML file: {@code records} has the headings
 * and a sound row of each record. A case has a few words about what the clerk did, and its rows: {@code headings} and {@code
 * row} are those of the record, an object is the sound row with other cells, a list is any row. Every {@code {id}} is
 * a key that no other test uses.
 *
 * <p>A case under {@code repairs} is sent until all of its rows are good. It has the {@code columns} that the clerk maps, and
 * the {@code corrections}: the cells that the clerk writes again, by row and column of the table, from 1.
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
        return loadFiles(resource, "files");
    }

    /** Returns the files of a YAML file that are repaired until they are good. */
    public static List<MessyFile> loadRepairs(String resource) {
        return loadFiles(resource, "repairs");
    }

    private static List<MessyFile> loadFiles(String resource, String list) {
        try (InputStream in = Objects.requireNonNull(MessyFile.class.getResourceAsStream(resource), resource)) {
            JsonNode all = new YAMLMapper().readTree(in);
            List<MessyFile> files = new ArrayList<>();
            for (JsonNode file : all.path(list)) {
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
        Response answer = upload(toBytes(), given.path("query").asText());
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

    /**
     * Repairs the file as a clerk would: it maps the columns that the first answer names, corrects the cells that the next one
     * names, and stores the file when a dry run refuses nothing.
     *
     * @return number of uploads until then; the same bytes that are stored at the end are not counted
     */
    public int countUploadsUntilGood() {
        int uploads = 0;
        JsonNode corrections = given.path("corrections");
        byte[] bytes = toBytes();
        while (true) {
            Response answer = upload(bytes, "?dryRun=true");
            uploads++;
            assertThat(uploads).as(answer.asString()).isLessThan(10);
            String batch = answer.header("Location").replaceFirst(".*(?=/v1/)", "");
            JsonNode told =
                    RecordApiClient.parseJson(bureau(province()).get(batch).asByteArray());
            if (answer.statusCode() == 422) {
                mapColumns(told);
            } else if (told.at("/counts/refused").asInt() > 0) {
                assertThat(describe(told.path("errors")))
                        .as("all wrong cells are named at once: " + told)
                        .containsExactlyInAnyOrderElementsOf(texts(given.path("causes")));
                rows = 0;
                bytes = toBytes(corrections);
            } else {
                String text = told.toString();
                assertThat(told.at("/counts/created").asInt())
                        .as(text)
                        .isEqualTo(given.get("created").asInt());
                assertThat(describe(told.path("warnings")))
                        .as(text)
                        .containsExactlyInAnyOrderElementsOf(texts(given.path("warnings")));
                requireStored(bytes, told.get("id").asText());
                return uploads;
            }
        }
    }

    /** Stores the file, and sends it again: the mapping is remembered, and nothing changes. */
    private void requireStored(byte[] bytes, String tried) {
        int all = given.get("created").asInt();
        JsonNode stored =
                RecordApiClient.parseJson(upload(bytes, "?tried=" + tried).asByteArray());
        assertThat(stored.at("/counts/created").asInt()).as(stored.toString()).isEqualTo(all);
        JsonNode again = RecordApiClient.parseJson(upload(bytes, "").asByteArray());
        assertThat(again.at("/counts/unchanged").asInt()).as(again.toString()).isEqualTo(all);
        JsonNode expected = given.path("stored");
        expected.properties().forEach(record -> {
            Response answer = bureau(province())
                    .get(record("path") + "/" + province() + "/"
                            + record.getKey().replace("{id}", id));
            JsonNode fields = RecordApiClient.parseJson(answer.asByteArray()).path("fields");
            record.getValue()
                    .properties()
                    .forEach(field -> assertThat(fields.path(field.getKey()).toString())
                            .isEqualTo(field.getValue().toString()));
        });
    }

    private void mapColumns(JsonNode batch) {
        List<String> unknown = new ArrayList<>();
        for (JsonNode column : batch.path("columns")) {
            if (column.get("reading").asText().equals("unknown")) {
                unknown.add(column.get("heading").asText());
            }
        }
        assertThat(unknown)
                .as("all unknown columns are named at once: " + batch)
                .containsExactlyInAnyOrderElementsOf(given.path("columns").properties().stream()
                        .map(Map.Entry::getKey)
                        .toList());
        ArrayNode columns = JsonNodeFactory.instance.arrayNode();
        given.path("columns")
                .properties()
                .forEach(column ->
                        columns.addObject().put("heading", column.getKey()).set("field", column.getValue()));
        bureau(province())
                .body(JsonNodeFactory.instance
                        .objectNode()
                        .set("columns", columns)
                        .toString())
                .put("/v1/column-mappings/" + province() + "/" + record("record"))
                .then()
                .statusCode(200);
    }

    private Response upload(byte[] bytes, String query) {
        return bureau(province()).contentType(contentType()).body(bytes).post(record("path") + "/batches" + query);
    }

    private String province() {
        return given.path("province").asText(record("province"));
    }

    private String record(String property) {
        return record.path(property).asText();
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
        return toBytes(MissingNode.getInstance());
    }

    private byte[] toBytes(JsonNode corrections) {
        if (given.has("hex")) {
            return HexFormat.of().parseHex(given.get("hex").asText().replaceAll("\\s", ""));
        }
        if (given.has("text")) {
            return encode(given.get("text").asText().replace("{id}", id));
        }
        if (given.path("as").asText(given.path("type").asText("xlsx")).equals("csv")) {
            char separator = given.path("separator").asText(",").charAt(0);
            return encode(toRows(given.get("rows"), corrections).stream()
                            .map(row -> row.stream()
                                    .map(cell -> toCsv(cell.asText(), separator))
                                    .collect(Collectors.joining(String.valueOf(separator))))
                            .collect(Collectors.joining("\r\n"))
                    + "\r\n");
        }
        ClerkWorkbook book = new ClerkWorkbook();
        if (given.has("sheets")) {
            for (JsonNode sheet : given.get("sheets")) {
                addSheet(book, sheet, corrections);
            }
        } else {
            addSheet(book, given, corrections);
        }
        return book.toBytes();
    }

    private void addSheet(ClerkWorkbook book, JsonNode sheet, JsonNode corrections) {
        List<Integer> hidden = new ArrayList<>();
        sheet.path("hiddenRows").forEach(row -> hidden.add(row.asInt()));
        book.addSheet(
                sheet.path("name").asText("Sheet1"),
                sheet.path("hidden").asBoolean(),
                toRows(sheet.path("rows"), corrections),
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

    private List<List<JsonNode>> toRows(JsonNode described, JsonNode corrections) {
        List<List<JsonNode>> all = new ArrayList<>();
        for (JsonNode row : described) {
            all.add(new ArrayList<>(toRow(row).stream().map(this::withId).toList()));
            rows++;
        }
        for (JsonNode corrected : corrections) {
            List<JsonNode> row = all.get(corrected.get(0).asInt() - 1);
            row.set(corrected.get(1).asInt() - 1, corrected.get(2));
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
