package org.voyage.kit.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import org.voyage.kit.reference.InstantFormat;

/** Customizer of the JSON of answers: every instant has the text of {@link InstantFormat}. */
@Singleton
public class InstantJsonCustomizer implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("instants").addSerializer(Instant.class, new InstantTextSerializer()));
    }

    /** After the module of the Java types: of two serializers the later one is used. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    private static final class InstantTextSerializer extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantTextSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant instant, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(InstantFormat.formatInstant(instant));
        }
    }
}
