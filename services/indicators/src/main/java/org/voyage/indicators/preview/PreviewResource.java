package org.voyage.indicators.preview;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.FactState;
import org.voyage.indicators.intake.UnreadableEvent;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.preview.PreviewAnswers.PreviewAnswer;
import org.voyage.indicators.preview.PreviewAnswers.PreviewRequest;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Gate;
import org.voyage.indicators.query.Readership;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Figures as they would be. */
@Path("/v1/previews")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Previews", description = "What a set of changes would do to every figure, storing nothing.")
@RunOnVirtualThread
public class PreviewResource {

    private static final String LINES = "application/x-ndjson";
    private static final int MOST_FINDINGS = 100;
    /** So many of the longest ones are held at once, of shorter ones more. */
    static final int OBJECTS = 16;

    private static final int FILES = 2;
    private static final Outlook.Shown SHOWN =
            new Outlook.Shown(Outlook.Places.EVERYWHERE, Outlook.NEWEST_FIRST, 10_000);

    private final LiveFigures live;
    private final Outlook outlook;
    private final Readership readership;
    private final Clock clock;
    private final WantedReader reader;
    /** Each keeps a processor busy, and sums of its own. */
    private final Gate looking = new Gate(1);
    /** Bytes of bodies, and of what is read of them, that are held at once, also of those who send slowly. */
    private final Gate objects;

    private final Gate files;

    PreviewResource(LiveFigures live, Outlook outlook, WantedReader reader, Readership readership, Clock clock) {
        this.live = live;
        this.outlook = outlook;
        this.readership = readership;
        this.clock = clock;
        this.reader = reader;
        this.objects = new Gate(OBJECTS * reader.longest());
        this.files = new Gate(FILES * WantedReader.LONGEST_LINES);
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, LINES})
    @Operation(
            summary = "What changes would do to the figures",
            description =
                    "Takes records as they would be, and answers every figure that would move, counted or derived: by"
                            + " year, and the values and places of provinces, countries, and the codes of each other dimension that has"
                            + " a list of them. Nothing is stored. Sending the same records to their services, and"
                            + " nothing else meanwhile, gives exactly these figures. A state is held to the schema of the record; whether"
                            + " its service would take it, its dry run says: what that answers to dryRun=changes is taken as it is, one"
                            + " record a line, up to 20000. A bureau imagines records of its own province. One preview is"
                            + " made at a time, while questions and events go on; who would wait long for a turn is told to"
                            + " come again.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = PreviewRequest.class)),
                @Content(mediaType = LINES, schema = @Schema(implementation = String.class))
            })
    public PreviewAnswer preview(
            @HeaderParam("Content-Type") @Parameter(hidden = true) @Nullable String type,
            @HeaderParam("Content-Encoding") @Parameter(hidden = true) @Nullable String encoding,
            @HeaderParam("Content-Length") @Parameter(hidden = true) @Nullable Long length,
            InputStream body)
            throws IOException {
        Optional<String> province = readership.province();
        readership.figuresAreThere();
        boolean lines = type != null && LINES.equalsIgnoreCase(type.split(";", 2)[0].strip());
        int longest = lines ? WantedReader.LONGEST_LINES : reader.longest();
        int held = length == null || encoding != null ? longest : Math.clamp(length, 0, longest);
        return (lines ? files : objects)
                .through(
                        held,
                        () -> preview(lines ? reader.lines(body, encoding) : reader.object(body, encoding), province));
    }

    private PreviewAnswer preview(List<Wanted> wanted, Optional<String> province) {
        if (province.isPresent()
                && wanted.stream().anyMatch(change -> !change.province().equals(province.get()))) {
            throw new Refusal.NotFound();
        }
        return looking.through(() -> live.imagine(
                readers -> events(wanted, readers),
                (now, then) -> new PreviewAnswer(
                        new PositionAnswer(now.positions().offsets(), clock.instant()),
                        outlook.moved(now, then, province, SHOWN),
                        List.of())));
    }

    private static List<FactEvent> events(List<Wanted> wanted, FactReaders readers) {
        List<FactEvent> events = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (Wanted each : wanted) {
            try {
                byte[] after = each.after();
                FactState state =
                        after == null ? null : readers.of(each.record()).readState(after);
                String change = state == null ? "withdrawn" : "corrected";
                events.add(new FactEvent(each.record(), each.key(), 1, change, state));
            } catch (UnreadableEvent e) {
                findings.add(new Finding(
                        each.place() + "/after",
                        "state",
                        "It cannot be counted: " + e.reason() + ".",
                        "无法统计该记录：" + e.reasonZh() + "。"));
            }
            if (findings.size() >= MOST_FINDINGS) {
                break;
            }
        }
        if (!findings.isEmpty()) {
            throw new Refusal.Invalid(findings);
        }
        return events;
    }
}
