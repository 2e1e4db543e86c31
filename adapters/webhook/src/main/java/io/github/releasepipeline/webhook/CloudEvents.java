package io.github.releasepipeline.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.store.Snapshots;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Events as CloudEvents 1.0. */
final class CloudEvents {
    private static final String OWN_TYPES = "io.github.releasepipeline.";
    private static final String CDEVENTS_VERSION = "0.5.0";

    private final URI source;
    private final CdEvents vocabulary;

    CloudEvents(URI source, String service) {
        if (!service.matches("[a-z0-9][a-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException(
                    "A service is named with up to 100 of a-z, 0-9, '.', '_' and '-', not '" + service + "'");
        }
        this.source = source;
        this.vocabulary = new CdEvents(source, service);
    }

    JsonNode of(AuditRecord record, Snapshots now) {
        Optional<CdEvents.Said> said = vocabulary.say(record, now);
        String type =
                said.map(CdEvents.Said::type).orElse(OWN_TYPES + record.event().name());
        ObjectNode event = Json.object()
                .put("specversion", "1.0")
                .put("id", record.id())
                .put("source", source.toString())
                .put("type", type)
                .put("subject", said.map(CdEvents.Said::subject).orElse(record.subject()))
                .put("time", record.stamp().at().toString())
                .put("datacontenttype", said.isPresent() ? "application/cdevents+json" : "application/json");
        event.set("data", said.<JsonNode>map(words -> cdEvent(record, words)).orElseGet(() -> own(record)));
        return event;
    }

    private ObjectNode cdEvent(AuditRecord record, CdEvents.Said said) {
        ObjectNode data = Json.object();
        data.putObject("context")
                .put("specversion", CDEVENTS_VERSION)
                .put("id", record.id())
                .put("source", source.toString())
                .put("type", said.type())
                .put("timestamp", record.stamp().at().toString());
        ObjectNode subject = data.putObject("subject");
        subject.put("id", said.subject()).put("source", source.toString());
        subject.set("content", said.content());
        data.put("customDataContentType", "application/json");
        data.set("customData", own(record));
        return data;
    }

    /** The record as the audit trail keeps it, with its place in the chain. */
    private static JsonNode own(AuditRecord record) {
        try {
            return Json.read(record.canonical().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("The record " + record.id() + " is no JSON", e);
        }
    }
}
