package org.voyage.indicators.release;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.voyage.kittest.Tokens;

/**
 * Somebody outside who reads every table of one year of a figure that there is, writes down what each answer says of the
 * codes as a linear relation, and lets a solver find the least and the most that a code can have.
 */
final class Attacker {

    private static final List<String> GROUPS = List.of(
            "region",
            "subRegion",
            "list:belt-and-road@now",
            "list:asean@now",
            "list:sco@now",
            "list:african-union@now",
            "list:brics@now");

    private final String path;
    private final Map<String, Long> shown = new LinkedHashMap<>();
    private final Set<String> suppressed = new LinkedHashSet<>();
    private final List<Relation> relations = new ArrayList<>();

    private record Relation(Set<String> codes, long value) {}

    /** What a code can have; {@code most} is without end when nothing bounds it. */
    record Interval(double least, double most) {
        boolean holds(long value) {
            return least <= value && value <= most;
        }
    }

    /** Reads everything. */
    Attacker(String figure, int year) {
        this.path = "/v1/indicators/" + figure + "/values?period=" + year;
        for (Map<String, Object> line : lines(ask("by=hostCountry"))) {
            String country = text(line, "hostCountry");
            if (line.get("value") == null) {
                suppressed.add(country);
            } else {
                shown.put(country, number(line));
                relations.add(new Relation(Set.of(country), number(line)));
            }
        }
        read(ask(""), Map.of("", codes()));
        for (String group : GROUPS) {
            Map<String, Set<String>> members = new LinkedHashMap<>();
            for (Map<String, Object> line : lines(ask("by=" + group + ",hostCountry"))) {
                members.computeIfAbsent(text(line, group), key -> new LinkedHashSet<>())
                        .add(text(line, "hostCountry"));
            }
            read(ask("by=" + group), members);
            if (group.startsWith("list:")) {
                read(ask("list=" + group.substring(5)), Map.of("", members.getOrDefault("member", Set.of())));
            } else {
                members.forEach((code, countries) -> {
                    read(ask(group + "=" + code), Map.of("", countries));
                    read(ask(group + "=" + code + "&totals=true&by=hostCountry"), "totals", Map.of("", countries));
                });
            }
        }
    }

    /** Asks for each of these codes together with each of them and of those that are shown, and for all but each. */
    void askAround(Set<String> codes) {
        Set<String> all = codes();
        Set<String> near = new LinkedHashSet<>(shown.keySet());
        near.addAll(codes);
        for (String code : codes) {
            for (String other : near) {
                Set<String> both = new LinkedHashSet<>(List.of(code, other));
                read(ask("hostCountry=" + String.join(",", both)), Map.of("", both));
            }
            Set<String> others = new LinkedHashSet<>(all);
            others.remove(code);
            read(ask("hostCountry=" + String.join(",", others)), Map.of("", others));
        }
    }

    Map<String, Long> shown() {
        return shown;
    }

    Set<String> suppressed() {
        return suppressed;
    }

    int relations() {
        return relations.size();
    }

    /** By linear programming over all relations; nobody is fewer than none. */
    Interval interval(String code) {
        Optimisation.Result least = model(code).minimise();
        Optimisation.Result most = model(code).maximise();
        if (!least.getState().isFeasible()) {
            throw new AssertionError("what was answered contradicts itself: " + least);
        }
        return new Interval(
                Math.rint(least.getValue() * 1000) / 1000,
                most.getState().isOptimal() ? Math.rint(most.getValue() * 1000) / 1000 : Double.POSITIVE_INFINITY);
    }

    private ExpressionsBasedModel model(String code) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (String each : codes()) {
            variables.put(each, model.newVariable(each).lower(0).weight(each.equals(code) ? 1 : 0));
        }
        for (int i = 0; i < relations.size(); i++) {
            Relation relation = relations.get(i);
            Expression expression = model.newExpression("r" + i).level(relation.value());
            relation.codes().forEach(each -> {
                Variable variable = variables.get(each);
                if (variable != null) {
                    expression.set(variable, 1);
                }
            });
        }
        return model;
    }

    private Set<String> codes() {
        Set<String> codes = new LinkedHashSet<>(shown.keySet());
        codes.addAll(suppressed);
        return codes;
    }

    private void read(JsonPath answer, Map<String, Set<String>> members) {
        read(answer, "values", members);
    }

    private void read(JsonPath answer, String lines, Map<String, Set<String>> members) {
        List<String> by = answer.getList("by");
        List<Map<String, Object>> all = answer.getList(lines);
        for (Map<String, Object> line : all == null ? List.<Map<String, Object>>of() : all) {
            String group = lines.equals("values") && !by.isEmpty() ? text(line, by.getFirst()) : "";
            Set<String> codes = members.get(group);
            if (line.get("value") != null && codes != null && !codes.isEmpty()) {
                relations.add(new Relation(codes, number(line)));
            }
        }
    }

    private JsonPath ask(String question) {
        return given().auth()
                .oauth2(Tokens.alliance("WFCP"))
                .get(path + "&" + question)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static List<Map<String, Object>> lines(JsonPath answer) {
        return answer.getList("values");
    }

    private static String text(Map<String, Object> line, String name) {
        return String.valueOf(line.get(name));
    }

    private static long number(Map<String, Object> line) {
        return ((Number) line.getOrDefault("value", 0)).longValue();
    }
}
