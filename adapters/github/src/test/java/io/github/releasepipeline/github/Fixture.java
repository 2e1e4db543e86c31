package io.github.releasepipeline.github;

import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeRequest.Method;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.tck.SourceControlFixture;
import java.util.Map;

/** What the contract does in a forge, done in the fake. */
final class Fixture implements SourceControlFixture {
    final Forge forge = new Forge();

    @Override
    public SourceControl sourceControl() {
        return forge.gitHub;
    }

    @Override
    public CommitId commitToMain(Map<String, String> files) {
        return new CommitId(forge.fake.commitToMain(files));
    }

    @Override
    public long open(Proposal proposal) {
        FakePull pull = forge.fake.open(proposal.title(), proposal.author(), proposal.files());
        pull.labels.addAll(proposal.labels());
        pull.draft = proposal.draft();
        return pull.number;
    }

    @Override
    public CommitId push(long number, Map<String, String> files) {
        return new CommitId(forge.fake.push(pull(number), files, "More"));
    }

    @Override
    public CommitId review(long number, String reviewer, Decision opinion) {
        forge.fake.review(pull(number), reviewer, opinion.name(), "MEMBER");
        return new CommitId(pull(number).head());
    }

    @Override
    public void mergeElsewhere(long number) {
        forge.fake.merge(pull(number), Method.MERGE, "somebody");
    }

    @Override
    public void close(long number) {
        forge.fake.close(pull(number));
    }

    @Override
    public void close() {
        forge.close();
    }

    private FakePull pull(long number) {
        return forge.fake.pulls.get(number);
    }
}
