package org.voyage.indicators.feature.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.reference.CodeList;
import org.voyage.kit.input.DidYouMean;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.problem.Finding;

/** Bilingual messages for schema violations. */
final class SchemaErrorMessages {

    private static final String DAY_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
    private static final LocalizedText INVALID_DAY =
            new LocalizedText("应为真实存在的日期，格式如 2024-02-29。", "Expected a day that exists, written 2024-02-29.");

    /** Names of the patterns of the contracts. */
    private static final Map<String, LocalizedText> PATTERN_NAMES = Map.of(
            DAY_PATTERN,
            INVALID_DAY,
            "^41[0-9]{8}$",
            new LocalizedText(
                    "应为 41 开头的 10 位学校标识码。", "Expected the school code of the ministry: 41 and 8 more digits."),
            "^[A-Z]{3}$",
            new LocalizedText("应为三位大写字母的国家（地区）代码，如 THA。", "Expected a country in three capitals, such as THA."),
            "^[0-9]{6}$",
            new LocalizedText("应为 6 位专业代码。", "Expected a major: six digits."));

    private static final Map<String, LocalizedText> TYPE_NAMES = Map.of(
            "string", new LocalizedText("应为文本。", "Expected text."),
            "integer", new LocalizedText("应为整数。", "Expected a whole number."),
            "boolean", new LocalizedText("应为 true 或 false。", "Expected true or false."),
            "array", new LocalizedText("应为列表。", "Expected a list."),
            "object", new LocalizedText("应为对象。", "Expected an object."));

    private SchemaErrorMessages() {}

    /** @param pointer of the state */
    static Finding toFinding(Error error, String pointer) {
        String place = pointer + error.getInstanceLocation();
        String property = error.getProperty();
        if (error.getKeyword().equals("additionalProperties") && property != null) {
            place += "/" + property.replace("~", "~0").replace("/", "~1");
        }
        LocalizedText text = describe(error);
        return new Finding(place, "state", text.en(), text.zh());
    }

    static Finding toCountryFinding(String pointer, String code, CodeList known) {
        String meant = DidYouMean.findNearest(code, known.codes());
        return new Finding(
                pointer,
                "state",
                "There is no country \"" + code + "\"." + DidYouMean.hint(meant),
                "没有国家（地区）代码“" + code + "”。" + DidYouMean.hintZh(meant));
    }

    private static LocalizedText describe(Error error) {
        JsonNode rule = Objects.requireNonNullElse(error.getSchemaNode(), MissingNode.getInstance());
        String limit = rule.asText();
        return switch (error.getKeyword()) {
            case "required" ->
                new LocalizedText("缺少“" + error.getProperty() + "”。", "It lacks \"" + error.getProperty() + "\".");
            case "additionalProperties" -> new LocalizedText("没有此属性。", "There is no such property.");
            // The field depends on another one: an open school has no closing day.
            case "false" -> new LocalizedText("与其他字段不符，不应填写。", "It does not go with what the other fields say.");
            case "type" -> TYPE_NAMES.getOrDefault(limit, new LocalizedText("类型不符。", "It is of another type."));
            case "enum", "const" -> describeCodes(error.getInstanceNode(), rule);
            case "pattern" -> PATTERN_NAMES.getOrDefault(limit, new LocalizedText("格式不符。", "It is of another form."));
            case "format" -> INVALID_DAY;
            case "minimum" -> new LocalizedText("不能小于 " + limit + "。", "At least " + limit + " is expected.");
            case "maximum" -> new LocalizedText("不能大于 " + limit + "。", "At most " + limit + " is expected.");
            case "minLength" -> new LocalizedText("不能为空。", "It is empty.");
            case "maxLength" ->
                new LocalizedText("最多 " + limit + " 个字符。", "At most " + limit + " characters are expected.");
            case "minItems" -> new LocalizedText("至少 " + limit + " 项。", "At least " + limit + " items are expected.");
            case "maxItems" -> new LocalizedText("最多 " + limit + " 项。", "At most " + limit + " items are expected.");
            case "uniqueItems" -> new LocalizedText("列表中有重复项。", "The same item stands here twice.");
            case "oneOf" -> describeAlternatives(rule);
            default ->
                new LocalizedText(
                        "不符合记录格式（" + error.getKeyword() + "）。",
                        "It breaks the record's schema: " + error.getKeyword() + ".");
        };
    }

    /** Describes the nearest code, or all codes of a short list. */
    private static LocalizedText describeCodes(@Nullable JsonNode value, JsonNode rule) {
        List<String> known = new ArrayList<>();
        (rule.isArray() ? rule : List.of(rule)).forEach(code -> known.add(code.asText()));
        String code = value == null ? "" : TextFormat.shortenText(value.asText());
        String nearest = DidYouMean.findNearest(code, known);
        return new LocalizedText(
                "“" + code + "”不是有效代码。"
                        + (nearest == null ? "可用：" + String.join("、", known) + "。" : DidYouMean.hintZh(nearest)),
                "\"" + code + "\" is no code of it."
                        + (nearest == null ? " Known: " + String.join(", ", known) + "." : DidYouMean.hint(nearest)));
    }

    private static LocalizedText describeAlternatives(JsonNode rule) {
        List<String> names = new ArrayList<>();
        rule.forEach(each -> each.path("required").forEach(name -> names.add(name.asText())));
        return new LocalizedText(
                "以下各项须填写其中一项，且仅一项：" + String.join("、", names) + "。",
                "Exactly one is expected of: " + String.join(", ", names) + ".");
    }
}
