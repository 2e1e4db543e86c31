package io.github.releasepipeline.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import java.util.Optional;

/**
 * What a button or a modal asks about: a release, and the plan that was shown with it.
 *
 * @param release which
 * @param plan digest of its plan
 */
record Question(ReleaseId release, Digest plan) {
    static final String APPROVE = "release_pipeline_approve";
    static final String REJECT = "release_pipeline_reject";
    static final String REASON = "release_pipeline_reason";

    /** The two buttons. */
    static ObjectNode block(Release release) {
        String value = new Question(release.id(), release.plan().digest()).text();
        ObjectNode block = Json.object().put("type", "actions").put("block_id", "release_pipeline_approval");
        block.putArray("elements")
                .add(Blocks.button(APPROVE, "Approve", value, Optional.of("primary")))
                .add(Blocks.button(REJECT, "Reject", value, Optional.of("danger")));
        return block;
    }

    /** The modal that asks for the reason of a rejection. */
    ObjectNode modal() {
        ObjectNode view =
                Json.object().put("type", "modal").put("callback_id", REJECT).put("private_metadata", text());
        view.set("title", Blocks.plain("Reject release"));
        view.set("submit", Blocks.plain("Reject"));
        view.set("close", Blocks.plain("Back"));
        ObjectNode input = Json.object().put("type", "input").put("block_id", REASON);
        input.set("label", Blocks.plain("Why?"));
        input.putObject("element")
                .put("type", "plain_text_input")
                .put("action_id", REASON)
                .put("multiline", true)
                .put("max_length", 1_000);
        view.putArray("blocks").add(input);
        return view;
    }

    String text() {
        return plan.hex() + " " + release.value();
    }

    /** Empty if it was not made by {@link #text()}. */
    static Optional<Question> parse(String text) {
        int space = text.indexOf(' ');
        try {
            return space < 0
                    ? Optional.empty()
                    : Optional.of(new Question(
                            new ReleaseId(text.substring(space + 1)), new Digest(text.substring(0, space))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
