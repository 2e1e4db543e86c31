package io.github.releasepipeline.github;

import io.github.releasepipeline.http.Authorization;
import io.github.releasepipeline.http.HttpOptions;
import java.net.URI;
import java.security.PrivateKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A GitHub App. It signs with its private key, and asks with tokens of its installation that are good for one hour, for one
 * repository, and for the permissions given here only. A class, since a record would show its key.
 */
public final class GitHubApp implements GitHubAccount {
    private final String issuer;
    private final PrivateKey key;
    private final Optional<Long> installation;
    private final Map<String, String> permissions;

    private GitHubApp(String issuer, PrivateKey key, Optional<Long> installation, Map<String, String> permissions) {
        this.issuer = issuer;
        this.key = key;
        this.installation = installation;
        this.permissions = Map.copyOf(permissions);
    }

    /**
     * An app.
     *
     * @param issuer its client id, or its app id
     * @param pem its private key as GitHub gives it for download, or the same in PKCS#8
     * @throws IllegalArgumentException if the key is none; the message does not show it
     */
    public static GitHubApp of(String issuer, String pem) {
        if (issuer.isBlank()) {
            throw new IllegalArgumentException("The app's id is blank");
        }
        return new GitHubApp(issuer.strip(), PrivateKeys.read(pem), Optional.empty(), Map.of());
    }

    /** The same with the id of its installation; otherwise GitHub is asked which one the repository has. */
    public GitHubApp installation(long id) {
        return new GitHubApp(issuer, key, Optional.of(id), permissions);
    }

    /**
     * The same with less: its tokens may do only this.
     *
     * @param permission GitHub's name: {@code pull_requests}, {@code contents}, {@code checks}, …
     * @param access {@code read} or {@code write}
     */
    public GitHubApp only(String permission, String access) {
        Map<String, String> more = new TreeMap<>(permissions);
        more.put(permission, access);
        return new GitHubApp(issuer, key, installation, more);
    }

    @Override
    public Authorization authorization(URI server, Repo repo, HttpOptions options) {
        return new InstallationTokens(server, repo, new AppToken(issuer, key), installation, permissions, options);
    }

    @Override
    public String toString() {
        return "GitHubApp[" + issuer + "]";
    }
}
