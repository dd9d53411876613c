package org.voyage.bench.baseline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;

/** HTTP resource that stores a record without checks, with an event to send. */
@Path("/enrolments/{province}/{sourceId}")
public class EnrolmentResource {

    private final ObjectMapper json;

    EnrolmentResource(ObjectMapper json) {
        this.json = json;
    }

    /** Stores the record in place of the old one, as a PUT does. */
    @PUT
    @Transactional
    public Enrolment put(@PathParam("province") String province, @PathParam("sourceId") String sourceId, Enrolment sent)
            throws JsonProcessingException {
        String id = province + "/" + sourceId;
        Enrolment stored = Enrolment.findById(id);
        if (stored == null) {
            sent.id = id;
            sent.persist();
            stored = sent;
        } else {
            stored.copyFrom(sent);
        }
        appendEvent(stored);
        return stored;
    }

    /** Stores the record without a check for an old one, which saves a statement; a duplicate gives 500. */
    @POST
    @Transactional
    public Enrolment post(
            @PathParam("province") String province, @PathParam("sourceId") String sourceId, Enrolment sent)
            throws JsonProcessingException {
        sent.id = province + "/" + sourceId;
        sent.persist();
        appendEvent(sent);
        return sent;
    }

    private void appendEvent(Enrolment enrolment) throws JsonProcessingException {
        OutboxRow event = new OutboxRow();
        event.type = "inbound-enrolment.changed";
        event.key = enrolment.id;
        event.time = Instant.now();
        event.data = json.writeValueAsString(enrolment);
        event.persist();
    }
}
