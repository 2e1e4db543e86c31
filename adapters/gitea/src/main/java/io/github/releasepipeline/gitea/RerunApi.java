package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.Reply;
import io.github.releasepipeline.source.CommitId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs the server's own workflows again. What other systems reported, only they can run again. */
final class RerunApi {
    private final Rest rest;

    RerunApi(Rest rest) {
        this.rest = rest;
    }

    /** A run of a workflow. */
    private record Run(long id, String workflow, boolean ended, boolean failed) {
        static Run of(JsonNode run) {
            String conclusion = Fields.text(run, "conclusion");
            return new Run(
                    run.path("id").asLong(),
                    Fields.text(run, "path") + " " + Fields.text(run, "event"),
                    Fields.text(run, "status").equals("completed"),
                    conclusion.equals("failure") || conclusion.equals("cancelled"));
        }
    }

    /**
     * Starts what failed; everything, if nothing did.
     *
     * @return why nothing was started
     */
    Optional<String> runAgain(CommitId head, ServerVersion version) {
        if (!version.canRunChecksAgain()) {
            return Optional.of("The server (" + version.text()
                    + ") cannot run checks again; Gitea can from 1.26 on. Run them where they were reported from");
        }
        List<Run> runs = latest(head);
        if (runs.isEmpty()) {
            return Optional.of("No workflow of the server ran for " + head.abbreviated()
                    + "; checks of other systems are run again there");
        }
        List<Run> ended = runs.stream().filter(Run::ended).toList();
        if (ended.isEmpty()) {
            return Optional.of("The checks of " + head.abbreviated() + " are still running");
        }
        List<Run> failed = ended.stream().filter(Run::failed).toList();
        return failed.isEmpty() ? order(ended, "rerun") : order(failed, "rerun-failed-jobs");
    }

    /** The newest run of each workflow. */
    private List<Run> latest(CommitId head) {
        Map<String, Run> latest = new TreeMap<>();
        rest.all(rest.call("GET", "/actions/runs").query("head_sha", head), "workflow_runs").stream()
                .map(Run::of)
                .forEach(run -> latest.merge(run.workflow(), run, (a, b) -> a.id() > b.id() ? a : b));
        return List.copyOf(latest.values());
    }

    private Optional<String> order(List<Run> runs, String what) {
        List<String> refusals = new ArrayList<>();
        for (Run run : runs) {
            Reply reply = rest.send(
                    rest.call("POST", "/actions/runs/{}/" + what, run.id()).accept(400, 403, 404, 422));
            if (reply.status() / 100 != 2) {
                JsonNode said = Fields.tree(reply.text()).orElse(Fields.NOTHING);
                refusals.add("run " + run.id() + ": "
                        + Fields.line(said, "message").orElse("refused with status " + reply.status()));
            }
        }
        return refusals.size() < runs.size() ? Optional.empty() : Optional.of(String.join("; ", refusals));
    }
}
