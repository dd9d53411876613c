package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tries every operation of a running service's OpenAPI document as every kind of caller, on an object of its own
 * province, on another's and on an absent one, and compares with a table of what each may do. Another's and an absent
 * one must look the same. An operation that the table does not know is a fault, and so is a line without an operation.
 */
public final class AccessMatrix {
    private static final int MOST_PAGES = 500;

    private final int port;
    private final String own;
    private final String other;
    private final List<AccessLine> lines;
    private final List<String> faults = new ArrayList<>();

    /**
     * @param own province of the bureau; few records in it make the test quick
     * @param other province of its neighbour
     */
    public AccessMatrix(int port, String own, String other, List<AccessLine> lines) {
        this.port = port;
        this.own = own;
        this.other = other;
        this.lines = lines;
    }

    /** @throws AssertionError naming each operation and caller that is not as it must be */
    public void check() {
        List<String> found = faults();
        assertThat(found).as(String.join("; ", found)).isEmpty();
    }

    /** What is not as it must be. */
    public List<String> faults() {
        faults.clear();
        try (AccessWire wire = new AccessWire(port)) {
            Set<String> known =
                    lines.stream().map(AccessLine::operation).collect(Collectors.toCollection(TreeSet::new));
            Set<String> there = new TreeSet<>();
            new ApiFuzzDocument(wire.document()).operations().forEach(operation -> there.add(operation.name()));
            there.stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> faults.add(name + ": not in the table"));
            known.stream()
                    .filter(name -> !there.contains(name))
                    .forEach(name -> faults.add(name + ": no such operation"));
            for (AccessLine line : lines) {
                for (Access.Who who : Access.Who.values()) {
                    tryAs(wire, line, who);
                }
            }
        }
        return List.copyOf(faults);
    }

    private void tryAs(AccessWire wire, AccessLine line, Access.Who who) {
        boolean neighbour = who == Access.Who.NEIGHBOUR;
        String home = neighbour ? other : own;
        String away = neighbour ? own : other;
        String token = who.token(own, other);
        Access.Right right = line.access().of(who);
        Map<String, AccessWire.Answer> answers = new LinkedHashMap<>();
        if (line.is(AccessLine.Trait.NAMES_NOTHING)) {
            Map<String, String> mine = line.objects().existing(home);
            Map<String, String> theirs = line.objects().existing(away);
            answers.put("own", send(wire, line, token, mine, home));
            if (line.is(AccessLine.Trait.LISTS) && right != Access.Right.NONE && right != Access.Right.UNKNOWN) {
                String all = everyPage(wire, line, token, mine);
                expect(line, who, "its own is missing in the list", names(all, mine));
                expect(line, who, "another's in the list", names(all, theirs) == (right == Access.Right.ALL));
            }
        } else {
            answers.put("own", send(wire, line, token, line.objects().existing(home), home));
            answers.put("another's", send(wire, line, token, line.objects().existing(away), away));
            sendAbsent(wire, line, token, home).ifPresent(answer -> answers.put("absent", answer));
            sendAbsent(wire, line, token, away).ifPresent(answer -> answers.put("absent elsewhere", answer));
        }
        judge(line, who, right, answers);
    }

    private static Optional<AccessWire.Answer> sendAbsent(
            AccessWire wire, AccessLine line, @Nullable String token, String province) {
        Map<String, String> absent = line.objects().absent(province);
        return absent.isEmpty() ? Optional.empty() : Optional.of(send(wire, line, token, absent, province));
    }

    private void judge(AccessLine line, Access.Who who, Access.Right right, Map<String, AccessWire.Answer> answers) {
        AccessWire.Answer first = null;
        for (Map.Entry<String, AccessWire.Answer> answer : answers.entrySet()) {
            int status = answer.getValue().status();
            int refused = refusal(line, right, answer.getKey());
            String told = answer.getKey() + ": " + answer.getValue().alike();
            if (refused == 0) {
                expect(line, who, "not let in, " + told, answer.getValue().good());
                continue;
            }
            expect(line, who, "expected " + refused + ", " + told, status == refused);
            if (first == null) {
                first = answer.getValue();
            }
            expect(
                    line,
                    who,
                    "can tell them apart: " + first.alike() + " | " + told,
                    first.alike().equals(answer.getValue().alike()));
        }
    }

    /** The status that is due, 0 for a good one. */
    private static int refusal(AccessLine line, Access.Right right, String target) {
        boolean creates = line.is(AccessLine.Trait.CREATES) && target.equals("absent");
        return switch (right) {
            case UNKNOWN -> 401;
            case NONE -> 403;
            case OWN -> target.equals("own") || creates ? 0 : 404;
            case ALL -> target.startsWith("absent") && !creates ? 404 : 0;
        };
    }

    private void expect(AccessLine line, Access.Who who, String otherwise, boolean met) {
        if (!met) {
            faults.add(line.operation() + " as " + who + ": " + otherwise);
        }
    }

    private static AccessWire.Answer send(
            AccessWire wire, AccessLine line, @Nullable String token, Map<String, String> named, String province) {
        String body = line.contentType().isEmpty() ? "" : line.body().apply(province);
        return wire.send(line.method(), line.target(named), token, line.contentType(), body);
    }

    private static String everyPage(
            AccessWire wire, AccessLine line, @Nullable String token, Map<String, String> named) {
        StringBuilder all = new StringBuilder();
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            String body = wire.send(line.method(), line.target(named) + cursor, token, "", "")
                    .body();
            all.append(body);
            JsonNode next = json(body).path("next");
            if (!next.isTextual()) {
                return all.toString();
            }
            cursor = "&cursor=" + URLEncoder.encode(next.asText(), StandardCharsets.UTF_8);
        }
        throw new AssertionError(line.operation() + " has no last page");
    }

    private static JsonNode json(String body) {
        try {
            return AccessWire.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a list shows an object: by the longest of its names, a province being too short to say anything. */
    private static boolean names(String list, Map<String, String> object) {
        return object.values().stream()
                .filter(name -> name.length() > 2)
                .allMatch(name -> list.contains("\"" + name + "\""));
    }
}
