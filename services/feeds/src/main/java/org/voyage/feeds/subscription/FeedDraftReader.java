package org.voyage.feeds.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.voyage.feeds.assigner.ScanCause;
import org.voyage.feeds.grant.FeedScopeResolver;
import org.voyage.feeds.record.FeedRecord;
import org.voyage.feeds.scope.FeedFilter;
import org.voyage.feeds.topic.FeedTopicConfig;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Reader of the bodies with which an alliance subscribes, changes a feed, or tries a filter. */
@ApplicationScoped
class FeedDraftReader {

    private static final int MAX_NAME_LENGTH = 100;
    private static final int MAX_START_LENGTH = 40;
    private static final String FILTER = "filter";
    private static final String NAME = "name";
    private static final String START = "start";
    private static final String KAFKA = "kafka";

    private final FeedScopeResolver scopes;
    private final FeedTopicConfig topics;
    private final FeedStartParser starts;

    FeedDraftReader(FeedScopeResolver scopes, FeedTopicConfig topics, FeedStartParser starts) {
        this.scopes = scopes;
        this.topics = topics;
        this.starts = starts;
    }

    /** Returns the filter without conditions. */
    FeedFilter everything() {
        return scopes.filters().parse(FieldReader.of(new ObjectNode(JsonNodeFactory.instance)), true);
    }

    /** Reads a new subscription. Without a filter it is of all that the alliance may have. */
    FeedDraft readDraft(ObjectNode body, String alliance) {
        List<Finding> findings = new ArrayList<>();
        FeedFilter filter = readGrantedFilter(body, alliance, findings);
        FieldReader fields = outerFields(body);
        String name = fields.readText(NAME, MAX_NAME_LENGTH);
        String start = fields.readOptionalText(START, MAX_START_LENGTH);
        boolean withKafka = readKafka(fields, false);
        findings.addAll(fields.collectFindings());
        String from = start == null ? ScanCause.FROM_SNAPSHOT : starts.parseStart(start, findings);
        requireNone(findings);
        return new FeedDraft(name, filter, from, withKafka);
    }

    /**
     * Reads a change of a feed: its name, its filter, or whether it has a topic. A filter that stays as it is may name what a
     * grant no longer opens.
     */
    FeedDraft readChange(ObjectNode body, Feed feed) {
        List<Finding> findings = new ArrayList<>();
        FeedFilter filter = body.has(FILTER) ? readFilter(body, findings) : feed.filter();
        if (!filter.equals(feed.filter())) {
            requireGranted(filter, feed.alliance(), findings);
        }
        FieldReader fields = outerFields(body);
        String name = body.has(NAME) ? fields.readText(NAME, MAX_NAME_LENGTH) : feed.name();
        boolean withKafka = readKafka(fields, feed.withKafka());
        findings.addAll(fields.collectFindings());
        requireNone(findings);
        return new FeedDraft(name, filter, feed.start(), withKafka);
    }

    /** Reads the filter of a preview. */
    FeedFilter readPreview(ObjectNode body, String alliance) {
        List<Finding> findings = new ArrayList<>();
        FeedFilter filter = readGrantedFilter(body, alliance, findings);
        findings.addAll(outerFields(body).collectFindings());
        requireNone(findings);
        return filter;
    }

    private boolean readKafka(FieldReader fields, boolean absent) {
        boolean withKafka = fields.readFlag(KAFKA, absent);
        if (withKafka && !absent && topics.address().isEmpty()) {
            fields.refuseField(
                    KAFKA, "kafka-not-offered", "This platform does not offer Kafka to alliances.", "本平台未向联盟开放 Kafka。");
        }
        return withKafka;
    }

    private static FieldReader outerFields(ObjectNode body) {
        return FieldReader.of(body).ignoreFields(Set.of(FILTER));
    }

    private FeedFilter readGrantedFilter(ObjectNode body, String alliance, List<Finding> findings) {
        FeedFilter filter = readFilter(body, findings);
        requireGranted(filter, alliance, findings);
        return filter;
    }

    /** Adds a finding for each condition that names what no grant opens, unless the filter has other faults. */
    private void requireGranted(FeedFilter filter, String alliance, List<Finding> findings) {
        if (findings.isEmpty()) {
            scopes.findUngranted(alliance, filter)
                    .forEach((condition, values) -> findings.add(toFinding(alliance, condition, values)));
        }
    }

    private static Finding toFinding(String alliance, String condition, List<String> values) {
        boolean isOfProvinces = condition.equals("provinces");
        return new Finding(
                "/" + FILTER + "/" + condition,
                "not-granted",
                (isOfProvinces ? "No grant in force names these provinces: " : "No grant in force opens these: ")
                        + String.join(", ", values) + ". Your grants: GET /v1/alliances/" + alliance + "/grants.",
                (isOfProvinces ? "现行授权未列明以下省份：" : "现行授权未开放：") + String.join("、", values) + "。本联盟的授权见 GET /v1/alliances/"
                        + alliance + "/grants。");
    }

    private FeedFilter readFilter(ObjectNode body, List<Finding> findings) {
        JsonNode given = body.get(FILTER);
        if (given == null) {
            return parseFilter(body.objectNode(), findings);
        }
        if (!(given instanceof ObjectNode object)) {
            findings.add(Finding.field(FILTER, "type-object", "The filter is an object.", "筛选条件应为对象。"));
            return parseFilter(body.objectNode(), findings);
        }
        return parseFilter(object, findings);
    }

    private FeedFilter parseFilter(ObjectNode object, List<Finding> findings) {
        FieldReader fields = FieldReader.of(object);
        FeedFilter filter = scopes.filters().parse(fields, true);
        if (filter.records() != null
                && filter.records().contains(FeedRecord.STANDARD)
                && !filter.records().contains(FeedRecord.RECOGNITION)) {
            fields.refuseField(
                    "records",
                    "standard-without-recognition",
                    "A standard comes with its recognitions: add \"recognition\".",
                    "标准随其采认一并推送，请同时填写 recognition。");
        }
        fields.collectFindings()
                .forEach(finding -> findings.add(new Finding(
                        "/" + FILTER + finding.pointer(), finding.rule(), finding.detail(), finding.detailZh())));
        return filter;
    }

    private static void requireNone(List<Finding> findings) {
        if (!findings.isEmpty()) {
            throw new Refusal.Invalid(findings);
        }
    }
}
