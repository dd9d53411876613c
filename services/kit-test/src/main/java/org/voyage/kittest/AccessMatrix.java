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
 * Access test of a running service. It calls every operation of the OpenAPI document as every kind of caller. The
 * object belongs to the caller's province or alliance, to another one, or it is absent. The test compares the answers
 * with a table of rights. Answers for another's object and an absent object must be equal. An operation without a row is
 * a fault, and so is a row without an operation.
 */
public final class AccessMatrix {
    private static final int MAX_PAGES = 500;

    private final int port;
    private final String own;
    private final String other;
    private final List<AccessMatrixRow> lines;
    private final List<String> faults = new ArrayList<>();

    /**
     * Creates the matrix.
     *
     * @param own province of the bureau; few records in it keep the test quick
     * @param other another province
     */
    public AccessMatrix(int port, String own, String other, List<AccessMatrixRow> lines) {
        this.port = port;
        this.own = own;
        this.other = other;
        this.lines = lines;
    }

    /**
     * Requires that there are no faults.
     *
     * @throws AssertionError naming each wrong operation and caller
     */
    public void requireNoFaults() {
        List<String> found = findFaults();
        assertThat(found).as(String.join("; ", found)).isEmpty();
    }

    /** Returns the faults. */
    public List<String> findFaults() {
        faults.clear();
        try (AccessHttpClient wire = new AccessHttpClient(port)) {
            Set<String> known =
                    lines.stream().map(AccessMatrixRow::operation).collect(Collectors.toCollection(TreeSet::new));
            Set<String> there = new TreeSet<>();
            new ApiFuzzDocument(wire.loadDocument())
                    .collectOperations()
                    .forEach(operation -> there.add(operation.name()));
            there.stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> faults.add(name + ": not in the table"));
            known.stream()
                    .filter(name -> !there.contains(name))
                    .forEach(name -> faults.add(name + ": no such operation"));
            for (AccessMatrixRow line : lines) {
                for (AccessRights.TestCaller who : AccessRights.TestCaller.values()) {
                    tryOperationAs(wire, line, who);
                }
            }
        }
        return List.copyOf(faults);
    }

    private void tryOperationAs(AccessHttpClient wire, AccessMatrixRow line, AccessRights.TestCaller who) {
        boolean alliances = line.hasTrait(AccessMatrixRow.OperationTrait.OF_ALLIANCES);
        if (who == AccessRights.TestCaller.OTHER_ALLIANCE && !alliances) {
            return;
        }
        String first = alliances ? AccessRights.ALLIANCE_CODE : own;
        String second = alliances ? AccessRights.OTHER_ALLIANCE_CODE : other;
        boolean ownsSecond =
                who == (alliances ? AccessRights.TestCaller.OTHER_ALLIANCE : AccessRights.TestCaller.NEIGHBOUR);
        String home = ownsSecond ? second : first;
        String away = ownsSecond ? first : second;
        String token = who.tokenOf(own, other);
        AccessRights.AccessRight right = line.access().rightOf(who);
        Map<String, AccessHttpClient.AccessResponse> answers = new LinkedHashMap<>();
        if (line.hasTrait(AccessMatrixRow.OperationTrait.NAMES_NOTHING)) {
            Map<String, String> mine = line.objects().existing(home);
            Map<String, String> theirs = line.objects().existing(away);
            answers.put("own", sendRequest(wire, line, token, mine, home));
            if (line.hasTrait(AccessMatrixRow.OperationTrait.LISTS)
                    && right != AccessRights.AccessRight.NONE
                    && right != AccessRights.AccessRight.UNKNOWN) {
                String all = readEveryPage(wire, line, token, mine);
                addFaultUnless(line, who, "its own is missing in the list", listsObject(all, mine));
                addFaultUnless(
                        line,
                        who,
                        "another's in the list",
                        listsObject(all, theirs) == (right == AccessRights.AccessRight.ALL));
            }
        } else {
            answers.put("own", sendRequest(wire, line, token, line.objects().existing(home), home));
            answers.put(
                    "another's", sendRequest(wire, line, token, line.objects().existing(away), away));
            sendAbsent(wire, line, token, home).ifPresent(answer -> answers.put("absent", answer));
            sendAbsent(wire, line, token, away).ifPresent(answer -> answers.put("absent elsewhere", answer));
        }
        judgeResponses(line, who, right, answers);
    }

    private static Optional<AccessHttpClient.AccessResponse> sendAbsent(
            AccessHttpClient wire, AccessMatrixRow line, @Nullable String token, String province) {
        Map<String, String> absent = line.objects().absent(province);
        return absent.isEmpty() ? Optional.empty() : Optional.of(sendRequest(wire, line, token, absent, province));
    }

    private void judgeResponses(
            AccessMatrixRow line,
            AccessRights.TestCaller who,
            AccessRights.AccessRight right,
            Map<String, AccessHttpClient.AccessResponse> answers) {
        AccessHttpClient.AccessResponse first = null;
        for (Map.Entry<String, AccessHttpClient.AccessResponse> answer : answers.entrySet()) {
            int status = answer.getValue().status();
            int refused = refusalStatus(line, right, answer.getKey());
            String told = answer.getKey() + ": " + answer.getValue().alike();
            if (refused == 0) {
                addFaultUnless(
                        line, who, "not let in, " + told, answer.getValue().isSuccess());
                continue;
            }
            addFaultUnless(line, who, "expected " + refused + ", " + told, status == refused);
            if (first == null) {
                first = answer.getValue();
            }
            addFaultUnless(
                    line,
                    who,
                    "can distinguish them: " + first.alike() + " | " + told,
                    first.alike().equals(answer.getValue().alike()));
        }
    }

    /** Returns the expected refusal status, 0 for a success. */
    private static int refusalStatus(AccessMatrixRow line, AccessRights.AccessRight right, String target) {
        boolean creates = line.hasTrait(AccessMatrixRow.OperationTrait.CREATES) && target.equals("absent");
        return switch (right) {
            case UNKNOWN -> 401;
            case NONE -> 403;
            case OWN -> target.equals("own") || creates ? 0 : 404;
            case ALL -> target.startsWith("absent") && !creates ? 404 : 0;
        };
    }

    private void addFaultUnless(AccessMatrixRow line, AccessRights.TestCaller who, String otherwise, boolean met) {
        if (!met) {
            faults.add(line.operation() + " as " + who + ": " + otherwise);
        }
    }

    private static AccessHttpClient.AccessResponse sendRequest(
            AccessHttpClient wire,
            AccessMatrixRow line,
            @Nullable String token,
            Map<String, String> named,
            String province) {
        String body = line.contentType().isEmpty() ? "" : line.body().apply(province);
        return wire.sendRequest(line.httpMethod(), line.targetOf(named), token, line.contentType(), body);
    }

    private static String readEveryPage(
            AccessHttpClient wire, AccessMatrixRow line, @Nullable String token, Map<String, String> named) {
        StringBuilder all = new StringBuilder();
        String cursor = "";
        for (int page = 0; page < MAX_PAGES; page++) {
            String body = wire.sendRequest(line.httpMethod(), line.targetOf(named) + cursor, token, "", "")
                    .body();
            all.append(body);
            JsonNode next = parseJson(body).path("next");
            if (!next.isTextual()) {
                return all.toString();
            }
            cursor = "&cursor=" + URLEncoder.encode(next.asText(), StandardCharsets.UTF_8);
        }
        throw new AssertionError(line.operation() + " has no last page");
    }

    private static JsonNode parseJson(String body) {
        try {
            return AccessHttpClient.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns whether a list shows an object. It looks for the object's names without the province, which is too short
     * to be unique.
     */
    private static boolean listsObject(String list, Map<String, String> object) {
        return object.values().stream()
                .filter(name -> name.length() > 2)
                .allMatch(name -> list.contains("\"" + name + "\""));
    }
}
