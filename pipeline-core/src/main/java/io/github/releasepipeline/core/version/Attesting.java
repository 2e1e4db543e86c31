package io.github.releasepipeline.core.version;

import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.attestation.ReleasePredicate;
import io.github.releasepipeline.attestation.ReleasePredicate.IncludedPullRequest;
import io.github.releasepipeline.attestation.ReleasePredicate.IncludedSet;
import io.github.releasepipeline.attestation.Signer;
import io.github.releasepipeline.attestation.Statement;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.CanonicalJson;
import io.github.releasepipeline.version.Version;
import java.net.URI;

/** States what a version is made of, and has the statement signed. Reads the store; keeps nothing. */
public final class Attesting {
    private static final URI BUILDER = URI.create("https://github.com/releasepipeline/release-pipeline");

    private final Engine engine;
    private final String repositoryName;
    private final Signer signer;

    /**
     * @param repositoryName the name under which pull requests are known
     * @param signer the key
     */
    public Attesting(Engine engine, String repositoryName, Signer signer) {
        this.engine = engine;
        this.repositoryName = repositoryName;
        this.signer = signer;
    }

    /** The signed statement about a version whose contents are fixed. */
    Envelope of(Version version) {
        Manifest manifest = engine.reader()
                .manifest(version.manifest())
                .orElseThrow(() ->
                        new NotFoundException("manifest", version.manifest().toString()));
        return Envelope.sign(Envelope.IN_TOTO, CanonicalJson.write(Statement.of(predicate(version), manifest)), signer);
    }

    private ReleasePredicate predicate(Version version) {
        return new ReleasePredicate(
                repositoryName,
                version.number().tag(),
                version.commit(),
                version.manifest(),
                version.previous().map(id -> engine.get(id).number().tag()),
                version.changeSets().stream()
                        .map(engine::get)
                        .map(IncludedSet::of)
                        .toList(),
                version.pullRequests().stream()
                        .flatMap(number -> engine.reader().find(new PullRequestId(repositoryName, number)).stream())
                        .map(Stored::snapshot)
                        .map(IncludedPullRequest::of)
                        .toList(),
                BUILDER,
                version.createdBy(),
                version.createdAt());
    }
}
