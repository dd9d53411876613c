package org.voyage.mobility;

import static org.voyage.kittest.PersonalDataCanary.BIRTH_DATE;
import static org.voyage.kittest.PersonalDataCanary.NAME;
import static org.voyage.kittest.PersonalDataCanary.NAME_ZH;
import static org.voyage.kittest.PersonalDataCanary.PASSPORT;
import static org.voyage.kittest.PersonalDataCanary.PERSONAL_FIELDS;
import static org.voyage.kittest.RecordApiClient.newSourceId;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.sheet.FormField;
import org.voyage.kit.sheet.RecordForm;
import org.voyage.kit.sheet.SheetWriter;
import org.voyage.kittest.PersonalDataCanary;

/** Test files with the canary's values in their own columns and in wrong ones. */
final class CanaryFiles {

    private static final Pattern NUMERIC_ENTITY = Pattern.compile("&#x([0-9a-f]+);");

    static final String HEADER = "记录编号,国籍,院校代码,办学层次,学生类别,专业代码,中文+职业技能,经费来源,入学汉语水平,入学前评估,入学日期,离校日期,学习结果,姓名,护照号码,出生日期\n";

    private static final RecordForm FORM = RecordForm.of("inbound-enrolment");

    private CanaryFiles() {}

    static String bodyWith(String personal) {
        return MobilityRecord.INBOUND_ENROLMENT
                .body()
                .replaceAll("\\s*\\n\\s*", "")
                .replace("\"enrolled\"", "\"enrolled\"," + personal);
    }

    static String toNdjson() {
        StringBuilder rows = new StringBuilder(row(newSourceId("C"), PERSONAL_FIELDS));
        for (String wrong : PersonalDataCanary.WRONG_PERSONS) {
            rows.append(row(newSourceId("C"), wrong));
        }
        rows.append(row(PASSPORT, PERSONAL_FIELDS));
        rows.append(row(NAME, PERSONAL_FIELDS + ",\"major\":\"46\""));
        rows.append(row("S-xqz 771 9345", PERSONAL_FIELDS + ",\"withdraw\":\"maybe\""));
        rows.append(
                row(PASSPORT + "/2", PERSONAL_FIELDS + ",\"withdraw\":true,\"reason\":\"%s 重复\"".formatted(NAME_ZH)));
        rows.append(row(PASSPORT + "/3", "\"passport\":\"%s\"".formatted(PASSPORT)));
        rows.append(row(PASSPORT + "/4", "\"passport\":[\"%s\"]".formatted(PASSPORT)));
        return rows.append(bodyWith(PERSONAL_FIELDS))
                .append('\n')
                .append(PERSONAL_FIELDS)
                .append('\n')
                .toString();
    }

    private static String row(String sourceId, String personal) {
        return "{\"sourceId\":\"" + sourceId + "\"," + bodyWith(personal).substring(1) + "\n";
    }

    static List<List<String>> rows() {
        return List.of(
                cells(newSourceId("C"), "泰国", NAME_ZH, PASSPORT, BIRTH_DATE),
                cells(newSourceId("C"), "泰国国", NAME, PASSPORT, BIRTH_DATE),
                cells(newSourceId("C"), "泰国", NAME, PASSPORT, "1987-11-23日"),
                cells(newSourceId("C"), "泰国", NAME.repeat(20), PASSPORT, BIRTH_DATE),
                cells(newSourceId("C"), "泰国", "", PASSPORT, ""),
                cells(newSourceId("C"), NAME_ZH, NAME, PASSPORT, BIRTH_DATE),
                cells(PASSPORT, "泰国", NAME, PASSPORT, BIRTH_DATE),
                cells(NAME, "泰国国", NAME, PASSPORT, BIRTH_DATE),
                cells(PASSPORT + "-2", "泰国国", NAME, "xqz 7719345", BIRTH_DATE));
    }

    private static List<String> cells(String sourceId, String nationality, String name, String passport, String birth) {
        return List.of(
                sourceId,
                nationality,
                "4112012345",
                "高职专科",
                "学历生",
                "460301",
                "是",
                "中国政府奖学金",
                "3",
                "否",
                "2020-02-29",
                "",
                "在读",
                name,
                passport,
                birth);
    }

    /** Returns a CSV file with rows that have too many or too few cells. */
    static String toCsv() {
        StringBuilder csv = new StringBuilder(HEADER);
        rows().forEach(cells -> csv.append(String.join(",", cells)).append('\n'));
        csv.append(String.join(",", cells(newSourceId("C"), "泰国", NAME + "," + NAME_ZH, PASSPORT, BIRTH_DATE)))
                .append('\n');
        csv.append(NAME).append(',').append(PASSPORT).append('\n');
        return csv.append(String.join(",", newSourceId("C"), "泰国", NAME, PASSPORT, BIRTH_DATE))
                .append('\n')
                .toString();
    }

    /** Returns an XLSX file whose days are dates and not texts. */
    static byte[] toXlsx() {
        List<String> headings = List.of(HEADER.strip().split(","));
        List<@Nullable FormField> fields = new ArrayList<>();
        for (String heading : headings) {
            @Nullable String name = FORM.headings().findField(heading);
            fields.add(name == null ? null : FORM.field(name));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SheetWriter sheet = new SheetWriter(bytes, "来华留学生", fields, headings)) {
            for (List<String> cells : rows()) {
                sheet.writeRow(cells);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    /** Returns the text of all parts of a spreadsheet. */
    static String unzip(byte[] xlsx) {
        StringBuilder all = new StringBuilder();
        try {
            Path file = Files.write(Files.createTempFile("canary", ".xlsx"), xlsx);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    all.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8))
                            .append('\n');
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return decodeEntities(all.toString());
    }

    /** Decodes numeric character references: a sheet writes other characters than ASCII by their numbers. */
    private static String decodeEntities(String xml) {
        return NUMERIC_ENTITY
                .matcher(xml)
                .replaceAll(
                        number -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(number.group(1), 16))));
    }
}
