package io.github.releasepipeline.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.PipelineException;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.notify.ApprovalDesk;
import io.github.releasepipeline.subject.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what people answer to the buttons of {@link SlackChannel#askingForApproval()}. The host gives it the requests that
 * Slack sends to the app's "interactivity request URL", and sends back what it answers, within three seconds.
 *
 * <p>A vote counts as if the person had called the pipeline: the same permissions and rules. What was voted is shown by the
 * release's message, a refusal is told to the person alone; a rejection first asks for its reason. Thread-safe.
 */
public final class SlackApprovals {
    private static final Logger LOG = LoggerFactory.getLogger(SlackApprovals.class);

    private final SlackApi api;
    private final SlackSignature signature;
    private final SlackPeople people;
    private final ApprovalDesk desk;

    private SlackApprovals(SlackApi api, SlackSignature signature, SlackPeople people, ApprovalDesk desk) {
        this.api = api;
        this.signature = signature;
        this.people = people;
        this.desk = desk;
    }

    /**
     * Takes answers.
     *
     * @param channel whose messages ask
     * @param signingSecret of the Slack app; kept out of messages and logs
     * @param people who is who
     * @param desk the pipeline's
     */
    public static SlackApprovals of(SlackChannel channel, String signingSecret, SlackPeople people, ApprovalDesk desk) {
        return new SlackApprovals(channel.api(), new SlackSignature(signingSecret, channel.clock()), people, desk);
    }

    /**
     * Takes one request.
     *
     * @param headers as they came; names in any case
     * @param body the bytes as they came, before any decoding: the signature is over them
     */
    public SlackReply receive(Map<String, List<String>> headers, byte[] body) {
        Optional<String> refusal = signature.refusal(headers, body);
        if (refusal.isPresent()) {
            LOG.atWarn().log("Rejected a request that says it is from Slack: {}", refusal.get());
            return SlackReply.refused(401, refusal.get());
        }
        Optional<Interaction> interaction = Interaction.read(new String(body, StandardCharsets.UTF_8));
        return interaction.map(this::answer).orElseGet(() -> SlackReply.refused(400, "not an interaction"));
    }

    private SlackReply answer(Interaction interaction) {
        if (interaction.question().isEmpty()) {
            return SlackReply.done(); // a button of somebody else's
        }
        Question question = interaction.question().get();
        return switch (interaction.kind()) {
            case APPROVE -> {
                approve(interaction, question);
                yield SlackReply.done();
            }
            case REJECT -> {
                ask(interaction, question);
                yield SlackReply.done();
            }
            case REASON_GIVEN -> reject(interaction, question);
            case OTHER -> SlackReply.done();
        };
    }

    private void approve(Interaction interaction, Question question) {
        tell(interaction, attempt(interaction, actor -> desk.approve(actor, question.release(), question.plan(), "")));
    }

    private void ask(Interaction interaction, Question question) {
        try {
            ObjectNode request = Json.object().put("trigger_id", interaction.trigger());
            request.set("view", question.modal());
            api.post("views.open", request);
        } catch (AdapterException e) {
            LOG.atWarn().addKeyValue("release", question.release()).log("Cannot ask for a reason: {}", e.getMessage());
        }
    }

    private SlackReply reject(Interaction interaction, Question question) {
        String reason = interaction.reason().strip();
        Optional<String> problem = reason.isEmpty()
                ? Optional.of("A rejection needs a reason")
                : attempt(interaction, actor -> desk.reject(actor, question.release(), question.plan(), reason));
        return problem.map(text -> {
                    ObjectNode answer = Json.object().put("response_action", "errors");
                    answer.putObject("errors").put(Question.REASON, Text.readableLine(text, 500));
                    return SlackReply.json(answer.toString());
                })
                .orElseGet(SlackReply::done);
    }

    private interface Vote {
        void by(Actor actor);
    }

    /** What the person has to be told; nothing if their vote counts: the message shows it in a moment. */
    private Optional<String> attempt(Interaction interaction, Vote vote) {
        Optional<Actor> actor = people.actor(interaction.workspace(), interaction.user());
        if (actor.isEmpty()) {
            return Optional.of("Nobody here knows you: your Slack account belongs to no user of the pipeline");
        }
        try {
            vote.by(actor.get());
            return Optional.empty();
        } catch (AdapterException e) {
            LOG.atError().setCause(e).log("A vote from Slack could not be recorded");
            return Optional.of("That did not work just now; try again in a minute");
        } catch (PipelineException | IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void tell(Interaction interaction, Optional<String> problem) {
        problem.ifPresent(text -> {
            try {
                JsonNode message = Json.object()
                        .put("channel", interaction.channel())
                        .put("user", interaction.user())
                        .put("text", Blocks.fallback(text));
                api.post("chat.postEphemeral", message);
            } catch (AdapterException e) {
                LOG.atWarn().log("Cannot tell somebody why their vote does not count: {}", e.getMessage());
            }
        });
    }
}
