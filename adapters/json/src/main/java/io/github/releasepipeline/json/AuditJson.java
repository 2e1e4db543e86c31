package io.github.releasepipeline.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.RollbackRecord;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.subject.CanonicalJson;
import io.github.releasepipeline.subject.DomainEvent;
import java.util.Map;

/** Audit records as they are kept and shown. */
public final class AuditJson {
    private AuditJson() {}

    /**
     * Makes a record out of what is stored of it. The text is kept as it is, and neither it nor the hash is checked here.
     *
     * @param canonical the stored text
     * @param hash the stored hash
     * @throws AdapterException lasting, if the text is no audit record or its event is not known
     */
    public static AuditRecord read(String canonical, Digest hash) {
        JsonNode node = Json.parse(canonical, "AuditRecord");
        String event = (String) field(node, "event", String.class);
        Class<?> type = EventNames.find(event)
                .orElseThrow(() -> Json.unreadable(
                        "AuditRecord.event",
                        "no event of this name is known; a newer version may have written it",
                        null));
        return new AuditRecord(
                (String) field(node, "id", String.class),
                (String) field(node, "subject", String.class),
                (long) field(node, "sequence", long.class),
                (Stamp) field(node, "stamp", Stamp.class),
                (DomainEvent) field(node, "data", type),
                (Digest) field(node, "previous", Digest.class),
                canonical,
                hash);
    }

    private static Object field(JsonNode node, String name, Class<?> type) {
        return Decoder.decode(type, node.get(name), "AuditRecord." + name);
    }

    /** A rollback in the form that people and programs know: one JSON object with names in snake case. */
    public static String write(RollbackRecord rollback) {
        return "{"
                + String.join(
                        ",",
                        entry("event", rollback.event()),
                        entry("version_from", rollback.versionFrom()),
                        entry("version_to", rollback.versionTo()),
                        entry("environment", rollback.environment()),
                        entry("initiated_by", rollback.initiatedBy()),
                        entry("reason", rollback.reason()),
                        entry("timestamp", rollback.timestamp()))
                + "}";
    }

    private static String entry(String name, Object value) {
        String object = CanonicalJson.write(Map.of(name, value));
        return object.substring(1, object.length() - 1);
    }
}
