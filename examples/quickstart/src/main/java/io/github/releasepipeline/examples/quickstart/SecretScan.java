package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A quality gate: no item holds what looks like a secret. Says where, never what. */
final class SecretScan implements QualityGate {
    private static final Pattern SECRET = Pattern.compile(
            "-----BEGIN [A-Z ]*PRIVATE KEY-----"
                    + "|\\bAKIA[0-9A-Z]{16}\\b"
                    + "|\\bgh[pousr]_[A-Za-z0-9]{36,}"
                    + "|\\bxox[abprs]-[A-Za-z0-9-]{10,}"
                    + "|\"[^\"]*(?:password|secret|api_?key|token)\"\\s*:\\s*\"[^\"$\\s]{8,}\"",
            Pattern.CASE_INSENSITIVE);

    @Override
    public String name() {
        return "security-scan";
    }

    @Override
    public GateResult evaluate(GateContext context) {
        List<Item> items = context.artifacts().manifest().items();
        List<String> leaks = new ArrayList<>();
        for (Item item : items) {
            try (InputStream bytes = context.artifacts().open(item.id())) {
                if (SECRET.matcher(new String(bytes.readAllBytes(), StandardCharsets.UTF_8))
                        .find()) {
                    leaks.add(item.id().path());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return leaks.isEmpty()
                ? GateResult.passed("Security scan passed (no secrets in " + items.size() + " items)")
                : GateResult.failed("Security scan failed: what looks like a secret is in " + String.join(", ", leaks));
    }
}
