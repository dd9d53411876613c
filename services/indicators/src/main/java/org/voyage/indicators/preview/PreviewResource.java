package org.voyage.indicators.preview;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.FactState;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.intake.UnreadableEvent;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.preview.PreviewAnswers.PreviewAnswer;
import org.voyage.indicators.preview.PreviewAnswers.PreviewRequest;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Gate;
import org.voyage.indicators.query.Readership;
import org.voyage.kit.access.Province;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.FieldReader;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.JsonBody;
import org.voyage.kit.web.Refusal;

/** Figures as they would be. */
@Path("/v1/previews")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Previews", description = "What a set of changes would do to every figure, storing nothing.")
@RunOnVirtualThread
public class PreviewResource {

    private static final int MOST = 1_000;
    private static final Codes<String> PROVINCES = Codes.of("province", new TreeSet<>(Province.codes()));
    private static final Set<String> AFTER = Set.of("after");

    private final LiveFigures live;
    private final Outlook outlook;
    private final Readership readership;
    private final Clock clock;
    private final Codes<String> records;
    /** Each looks at many cells while events wait to be applied. */
    private final Gate gate = new Gate();

    PreviewResource(LiveFigures live, Outlook outlook, Topics topics, Readership readership, Clock clock) {
        this.live = live;
        this.outlook = outlook;
        this.readership = readership;
        this.clock = clock;
        this.records = Codes.of("record", new TreeSet<>(topics.records()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What changes would do to the figures",
            description =
                    "Takes records as they would be, and answers every figure that would move, counted or derived: by"
                            + " year, and the values and places of provinces and countries. Nothing is stored. Sending the same records to their services, and"
                            + " nothing else meanwhile, gives exactly these figures. Fields are those of the record; whether its"
                            + " service would take them, its dry run says. A bureau imagines records of its own province.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PreviewRequest.class)))
    public PreviewAnswer preview(JsonBody body) {
        Optional<String> province = readership.province();
        List<Wanted> wanted = read(body);
        if (province.isPresent()
                && wanted.stream().anyMatch(change -> !change.province().equals(province.get()))) {
            throw new Refusal.NotFound();
        }
        readership.figuresAreThere();
        return gate.alone(() -> live.imagine(
                readers -> events(wanted, readers),
                (now, then) -> new PreviewAnswer(
                        new PositionAnswer(now.positions().offsets(), clock.instant()),
                        outlook.moved(now, then, province))));
    }

    /** @param after JSON null when the record would be withdrawn */
    private record Wanted(String record, String province, String sourceId, JsonNode after) {
        String key() {
            return province + "/" + sourceId;
        }
    }

    private List<Wanted> read(JsonBody body) {
        FieldReader fields = body.fields();
        JsonNode items = body.object().path("changes");
        int[] next = {0};
        List<Wanted> wanted = fields.objects("changes", List.of(), 1, MOST, change -> {
            JsonNode after = items.path(next[0]++).path("after");
            if (!after.isObject() && !after.isNull()) {
                change.refuse(
                        "after",
                        "required",
                        "Expected the record's state, or null when it would be withdrawn.",
                        "应为记录的完整内容；若为撤回则为 null。");
            }
            return new Wanted(
                    change.code("record", records),
                    change.code("province", PROVINCES),
                    change.ignoring(AFTER).text("sourceId", 120),
                    after);
        });
        Set<String> seen = new HashSet<>();
        for (Wanted each : wanted) {
            if (!seen.add(each.record() + " " + each.key())) {
                fields.refuse("changes", "duplicate", "The same record stands here twice.", "列表中有重复的记录。");
                break;
            }
        }
        fields.finish();
        return wanted;
    }

    private static List<FactEvent> events(List<Wanted> wanted, FactReaders readers) {
        List<FactEvent> events = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Wanted each = wanted.get(i);
            try {
                FactState state = each.after().isNull()
                        ? null
                        : readers.of(each.record())
                                .readState(each.after().toString().getBytes(StandardCharsets.UTF_8));
                String change = state == null ? "withdrawn" : "corrected";
                events.add(new FactEvent(each.record(), each.key(), 1, change, state));
            } catch (UnreadableEvent e) {
                findings.add(new Finding(
                        "/changes/" + i + "/after",
                        "state",
                        "It cannot be counted: " + e.reason() + ".",
                        "无法统计该记录：" + e.reason() + "。"));
            }
        }
        if (!findings.isEmpty()) {
            throw new Refusal.Invalid(findings);
        }
        return events;
    }
}
