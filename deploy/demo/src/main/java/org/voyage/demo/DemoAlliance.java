package org.voyage.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Alliance of the demo with its members and grants.
 *
 * @param name in Chinese
 * @param grants bodies of the grants by their ids
 */
record DemoAlliance(
        String code,
        String name,
        String nameEn,
        List<AllianceMember> members,
        Map<String, Map<String, Object>> grants) {

    private static final String HEADINGS = "编号,类型,学校代码,名称,国别,加入日期,退出日期";

    /**
     * Member of an alliance.
     *
     * @param college school code; empty unless it is a college
     * @param names in English and Chinese, as records may name it
     * @param from first day of the membership
     * @param until day on which it no longer counts
     */
    record AllianceMember(
            String id,
            String kind,
            String college,
            List<String> names,
            String country,
            String from,
            @Nullable String until) {

        private String toCsv() {
            return String.join(
                    ",", id, kind, college, String.join("|", names), country, from, until == null ? "" : until);
        }
    }

    /** Returns the body of the alliance. */
    Map<String, Object> fields() {
        return Map.of("name", name, "nameEn", nameEn);
    }

    /** Returns the members as a file. */
    BulkFile memberFile() {
        String text =
                members.stream().map(AllianceMember::toCsv).collect(Collectors.joining("\n", HEADINGS + "\n", "\n"));
        return new BulkFile("text/csv", text.getBytes(StandardCharsets.UTF_8));
    }
}
