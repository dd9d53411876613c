package org.voyage.kit.bulk;

import org.voyage.kit.sheet.FormField;
import org.voyage.kit.sheet.RecordForm;

/** How what a rule refuses is put right, for the person who wrote it. */
record Mending(String en, String zh) {

    /** @param pointer place of the value, {@code ""} for the whole row */
    static Mending of(String rule, String pointer, RecordForm form) {
        var name = pointer.isEmpty() ? "" : pointer.substring(1).replaceFirst("/.*", "");
        var field = form.field(name);
        var general = general(rule, field);
        if (field == null) {
            return general;
        }
        return new Mending(
                "Column " + field.en() + " (" + field.zh() + "): " + general.en + " " + field.explainEn(),
                "“" + field.zh() + "”列：" + general.zh + field.explainZh());
    }

    private static Mending general(String rule, @org.jspecify.annotations.Nullable FormField field) {
        if (field != null && field.codes() != null && rule.endsWith("-unknown")) {
            return new Mending("choose a code or name from the list in the template.", "请从模板“代码”表中选择代码或名称。");
        }
        return switch (rule) {
            case "required", "empty" -> new Mending("fill in the cell.", "请填写此项。");
            case "date" -> new Mending("write the day as 2019-09-01.", "日期请按 2019-09-01 的格式填写。");
            case "integer", "type" -> new Mending("write a value of the kind expected.", "请按要求的类型填写。");
            case "cells" ->
                new Mending(
                        "put a text that holds a comma into double quotes, and give every row as many cells as there are headings.",
                        "含逗号的内容请用英文双引号括起，每行单元格数应与表头一致。");
            case "malformed" -> new Mending("put the quotes or the JSON of these rows right.", "请修正这些行的引号或 JSON 格式。");
            case "not-utf-8", "not-gb18030" ->
                new Mending("save the file again as CSV UTF-8.", "请将文件另存为 CSV UTF-8 后重新报送。");
            case "row-too-large" -> new Mending("shorten the row.", "请缩减该行内容。");
            case "unknown-property" ->
                new Mending("use the name of a field of this record, or leave it out.", "请使用该类记录的字段名，或删除该字段。");
            case "column-nameless" -> new Mending("give the column a heading, or clear it.", "请为该列填写表头，或清空该列。");
            case "cell-is-day", "cell-lost-digits" ->
                new Mending("format the column as text and write the values again.", "请将该列设为文本格式后重新填写。");
            case "cell-error" -> new Mending("mend the formula, or write its value.", "请修正公式或直接填写数值。");
            case "hidden" -> new Mending("write the value again in place of ***.", "请重新填写 *** 处的内容。");
            case "province-other" -> new Mending("leave the column empty, or write your own province.", "请留空或填写本省代码。");
            case "twice-in-file" -> new Mending("keep only one row of each record.", "每条记录只保留一行。");
            case "overtaken" -> new Mending("nothing is to be done if the newer state is right.", "如最新内容正确，则无需处理。");
            case "not-found" -> new Mending("withdraw only what was sent before.", "只能撤回已报送的记录。");
            default -> new Mending("change the value as the message says and send the rows again.", "请按提示修改后重新报送这些行。");
        };
    }
}
