package org.voyage.indicators.query;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.SetAsides;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.Answers.SetAsideAnswer;
import org.voyage.indicators.query.Answers.SetAsidesAnswer;
import org.voyage.kit.web.Query;
import org.voyage.kit.web.Refusal;

/** Events that could not be read, for the people who run the platform. */
@Path("/v1/set-aside")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operation")
@RunOnVirtualThread
public class SetAsideResource {

    private final SetAsides setAsides;
    private final LiveFigures live;
    private final Readership readership;

    SetAsideResource(SetAsides setAsides, LiveFigures live, Readership readership) {
        this.setAsides = setAsides;
        this.live = live;
        this.readership = readership;
    }

    @GET
    @Operation(
            summary = "Events set aside",
            description =
                    "The newest first. Until a later event of the same key is read, a newer version or the newest one republished,"
                            + " its older state counts.")
    public SetAsidesAnswer all(@QueryParam("limit") @Nullable String limit) {
        readership.oversees();
        Set<String> stale = live.stale();
        try {
            return new SetAsidesAnswer(setAsides.newest(Query.limit(limit)).stream()
                    .map(aside -> answer(aside, stale))
                    .toList());
        } catch (SQLException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    private static SetAsideAnswer answer(SetAsides.SetAside aside, Set<String> stale) {
        String record = aside.topic().substring(aside.topic().indexOf('.') + 1);
        return new SetAsideAnswer(
                aside.topic(),
                aside.partition(),
                aside.offset(),
                aside.key(),
                aside.reason(),
                aside.at(),
                aside.key() != null && !stale.contains(record + " " + aside.key()),
                aside.content() == null ? "" : Base64.getEncoder().encodeToString(aside.content()));
    }
}
