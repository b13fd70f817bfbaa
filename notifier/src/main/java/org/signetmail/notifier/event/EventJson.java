package org.signetmail.notifier.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Reads and writes events as deploy/contract has them: unknown fields are ignored, a missing required one is an error,
 * what is absent is left out, instants are UTC with milliseconds.
 */
public final class EventJson {
    // ASCII only, so that a lone surrogate in hostile input cannot keep an incident out of the database.
    private static final ObjectMapper MAPPER = configure(JsonMapper.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private EventJson() {}

    /** Gives a mapper the contract's form of instants and absent values. */
    public static ObjectMapper configure(ObjectMapper mapper) {
        return mapper.registerModule(new Jdk8Module())
                .registerModule(new JavaTimeModule())
                .registerModule(new SimpleModule("instants").addSerializer(Instant.class, new Milliseconds()))
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT);
    }

    /** Reads one event; throws when the octets are no such event and never will be. */
    public static <T> T read(byte[] json, Class<T> type) throws Unreadable {
        try {
            T event = json == null ? null : MAPPER.readValue(json, type);
            if (event == null) {
                throw new Unreadable("no value", null);
            }
            return event;
        } catch (IOException e) {
            throw new Unreadable(e.getMessage(), e);
        }
    }

    public static String write(Object event) {
        try {
            return MAPPER.writeValueAsString(event);
        } catch (IOException e) {
            throw new IllegalStateException("Not writable as JSON: " + event.getClass(), e);
        }
    }

    private static final class Milliseconds extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1;
        private static final DateTimeFormatter FORM =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

        Milliseconds() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(FORM.format(value));
        }
    }
}
