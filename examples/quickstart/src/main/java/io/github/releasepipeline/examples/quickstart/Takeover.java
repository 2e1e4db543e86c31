package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.version.Version;
import java.util.List;

/** What a run does first: it puts right what a killed run left behind. */
final class Takeover {
    private final Pipeline pipeline;

    Takeover(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    void tell(Narrator narrator) {
        SoFar soFar = new SoFar(pipeline.as(Actor.user("alice")));
        List<Version> drafts = soFar.drafts();
        List<Release> interrupted = soFar.interrupted();
        List<String> problems = pipeline.maintain();
        drafts.forEach(
                version -> narrator.say("Completed: " + version.number() + ", whose publishing was interrupted"));
        interrupted.forEach(release -> narrator.say("Taken over: the release of " + release.number() + " to "
                + release.environment() + ", which was interrupted"));
        problems.forEach(problem -> narrator.say("Could not be put right: " + problem));
    }
}
