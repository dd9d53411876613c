package org.voyage.indicators.feature.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.http.BodyReader;
import org.voyage.kit.http.JsonBodyReader;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.log.LogTopics;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.problem.StrictJson;

/** Parser of preview requests: one JSON object, or one record a line as dry runs of record services return them. */
@ApplicationScoped
class PreviewRequestParser {

    static final int MAX_CHANGES = 1_000;
    static final int MAX_LINES = 20_000;
    /** Maximum bytes of a request in lines, decompressed. */
    static final int MAX_LINES_BYTES = 16 * 1024 * 1024;

    private static final int MAX_FINDINGS = 100;
    private static final CodeSet<String> PROVINCES = CodeSet.of("province", new TreeSet<>(Province.codes()));
    /** The parser ignores these members; the kind of change follows from the current state. */
    private static final Set<String> IGNORED_MEMBERS = Set.of("after", "change");

    private final CodeSet<String> records;
    private final RecordSchemaValidator forms;

    PreviewRequestParser(LogTopics topics, RecordSchemaValidator forms) {
        this.forms = forms;
        this.records = CodeSet.of("record", new TreeSet<>(topics.records()));
    }

    /**
     * Reads {@code {"changes":[…]}}.
     *
     * @throws Refusal.Invalid when a change cannot be read, when there are none or too many, or when a record occurs
     *     twice
     */
    List<HypotheticalRecord> readObject(InputStream body, @Nullable String encoding) throws IOException {
        ObjectNode object = StrictJson.parseObject(BodyReader.readWhole(body, encoding, JsonBodyReader.MAX_BODY_BYTES));
        FieldReader fields = FieldReader.of(object);
        JsonNode items = object.path("changes");
        // Items that are no objects are refused before parsing.
        PrimitiveIterator.OfInt places = IntStream.range(0, items.size())
                .filter(i -> items.path(i).isObject())
                .iterator();
        List<Finding> findings = new ArrayList<>();
        List<HypotheticalRecord> wanted = fields.readObjects("changes", List.of(), 1, MAX_CHANGES, change -> {
            int i = places.nextInt();
            String place = "/changes/" + i;
            return parseRecord(change, items.path(i).path("after"), place, place + "/after", findings);
        });
        Set<String> seen = new HashSet<>();
        for (HypotheticalRecord each : wanted) {
            if (!seen.add(each.record() + " " + each.recordKey())) {
                fields.refuseField("changes", "duplicate", "The same record stands here twice.", "列表中有重复的记录。");
                break;
            }
        }
        findings.addAll(0, fields.collectFindings());
        if (!findings.isEmpty()) {
            throw new Refusal.Invalid(findings);
        }
        return wanted;
    }

    /**
     * Reads one change a line and skips blank lines. When a record occurs twice, the last line counts, as in the stored
     * file.
     *
     * @throws Refusal.Malformed when a line is no JSON object
     * @throws Refusal.Invalid when a change cannot be read, or there are too many
     */
    List<HypotheticalRecord> readLines(InputStream body, @Nullable String encoding) throws IOException {
        byte[] bytes = BodyReader.readWhole(body, encoding, MAX_LINES_BYTES);
        Map<String, HypotheticalRecord> wanted = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>();
        int row = 0;
        long line = 0;
        int end;
        for (int begin = 0; begin < bytes.length; begin = end + 1) {
            end = endOfLine(bytes, begin);
            line++;
            byte[] text = Arrays.copyOfRange(bytes, begin, end);
            if (new String(text, StandardCharsets.UTF_8).isBlank()) {
                continue;
            }
            if (++row > MAX_LINES) {
                throw new Refusal.Invalid(tooManyChanges());
            }
            ObjectNode object = StrictJson.parseObject(text, line);
            FieldReader fields = FieldReader.of(object);
            List<Finding> its = new ArrayList<>();
            HypotheticalRecord each = parseRecord(fields, object.path("after"), "/rows/" + row, "/after", its);
            its.addAll(0, fields.collectFindings());
            for (Finding finding : its) {
                findings.add(atRow(row, finding));
            }
            if (findings.size() >= MAX_FINDINGS) {
                break;
            }
            wanted.remove(each.record() + " " + each.recordKey());
            wanted.put(each.record() + " " + each.recordKey(), each);
        }
        if (!findings.isEmpty()) {
            throw new Refusal.Invalid(findings);
        }
        return List.copyOf(wanted.values());
    }

    private static int endOfLine(byte[] bytes, int begin) {
        int end = begin;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    /**
     * @param state location of the state, for findings
     * @param findings receives the findings
     */
    private HypotheticalRecord parseRecord(
            FieldReader change, JsonNode after, String place, String state, List<Finding> findings) {
        if (!after.isObject() && !after.isNull()) {
            change.refuseField(
                    "after",
                    "required",
                    "Expected the record's state, or null when it would be withdrawn.",
                    "应为记录的完整内容；若为撤回则为 null。");
        }
        int before = change.findingsSoFar().size();
        String record = change.readCode("record", records);
        byte[] told = null;
        if (after instanceof ObjectNode object && change.findingsSoFar().size() == before) {
            ObjectNode inEvents = forms.toEventState(record, object);
            if (findings.size() < MAX_FINDINGS) {
                findings.addAll(forms.validate(record, inEvents, state));
            }
            told = inEvents.toString().getBytes(StandardCharsets.UTF_8);
        }
        return new HypotheticalRecord(
                record,
                change.readCode("province", PROVINCES),
                change.ignoreFields(IGNORED_MEMBERS).readText("sourceId", 120),
                told,
                place);
    }

    private static Finding atRow(int row, Finding finding) {
        return new Finding(
                "/rows/" + row + finding.pointer(),
                finding.rule(),
                "Row " + row + ": " + finding.detail(),
                "第 " + row + " 行：" + finding.detailZh());
    }

    private static Finding tooManyChanges() {
        return new Finding(
                "",
                "list-length",
                "There are more than " + MAX_LINES + " changes; preview a file in parts.",
                "变更超过 " + MAX_LINES + " 条，请将文件拆分后分别预览。");
    }
}
