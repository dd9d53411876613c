package org.voyage.indicators.indicator;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one definition strictly: what it does not understand it refuses, with the file and the reason. */
final class DefinitionReader {

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    static {
        YAML.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    private final String file;

    DefinitionReader(String file) {
        this.file = file;
    }

    Indicator read(byte[] yaml) {
        JsonNode root;
        try {
            root = YAML.readTree(yaml);
        } catch (JacksonException e) {
            throw bad("is not readable YAML: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw bad("cannot be read: " + e.getMessage());
        }
        Fields top = new Fields(this, "", root);
        Indicator indicator = new Indicator(
                top.slug("code"),
                top.positive("version"),
                name(top.object("name")),
                unit(top.object("unit")),
                top.slug("record"),
                measure(top.object("measure")),
                period(top.object("period")),
                values(top, "where"),
                values(top, "except"),
                join(top),
                top.texts("dimensions"),
                top.texts("lists"),
                name(top.object("derivation")));
        top.nothingElse();
        check(indicator);
        return indicator;
    }

    BadDefinition bad(String reason) {
        return new BadDefinition(file, reason);
    }

    private static Text name(Fields fields) {
        Text text = new Text(fields.text("zh"), fields.text("en"));
        fields.nothingElse();
        return text;
    }

    private static Unit unit(Fields fields) {
        Unit unit = new Unit(fields.slug("code"), fields.text("zh"), fields.text("en"));
        fields.nothingElse();
        return unit;
    }

    private Measure measure(Fields fields) {
        String kind = fields.text("kind");
        Measure measure = switch (kind) {
            case "count" -> new Measure.Count();
            case "sum" -> new Measure.Sum(fields.textOrTexts("of"));
            case "distinct" -> new Measure.Distinct(fields.text("of"));
            default -> throw bad("measure.kind is \"" + kind + "\"; it must be count, sum or distinct");
        };
        fields.nothingElse();
        return measure;
    }

    private PeriodRule period(Fields fields) {
        String kind = fields.text("kind");
        PeriodRule period = switch (kind) {
            case "stock" -> new PeriodRule.Stock(fields.text("from"), fields.anyTexts("until"));
            case "flow" -> flow(fields);
            default -> throw bad("period.kind is \"" + kind + "\"; it must be stock or flow");
        };
        fields.nothingElse();
        return period;
    }

    private PeriodRule flow(Fields fields) {
        Optional<String> year = fields.optional("year");
        Optional<String> on = fields.optional("on");
        if (year.isPresent() == on.isPresent()) {
            throw bad("a flow needs either period.year or period.on");
        }
        return year.<PeriodRule>map(PeriodRule.FlowOfYear::new)
                .orElseGet(() -> new PeriodRule.FlowOnDate(on.orElseThrow()));
    }

    private static Map<String, Set<String>> values(Fields top, String name) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        top.optionalObject(name).ifPresent(fields -> {
            for (String field : fields.names()) {
                values.put(field, Set.copyOf(fields.textOrTexts(field)));
            }
        });
        return values;
    }

    private static Map<String, String> join(Fields top) {
        Map<String, String> join = new LinkedHashMap<>();
        top.optionalObject("join").ifPresent(fields -> {
            for (String field : fields.names()) {
                join.put(field, fields.slug(field));
            }
        });
        return join;
    }

    private void check(Indicator indicator) {
        Set<String> seen = new HashSet<>();
        for (List<String> names : List.of(indicator.dimensions(), indicator.lists())) {
            for (String name : names) {
                if (!seen.add(name)) {
                    throw bad("names \"" + name + "\" twice");
                }
            }
        }
        if (indicator.join().containsValue(indicator.record())) {
            throw bad("joins the record to itself");
        }
        if (seen.contains("year") || seen.contains("list") || seen.contains("period")) {
            throw bad("year, period and list are not dimensions; every figure has them");
        }
    }
}
