package io.github.releasepipeline.attestation;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A statement about a version as <a href="https://github.com/in-toto/attestation">in-toto v1</a> has it; the components are
 * named as in its JSON. The first subject is the tagged commit, the others are the items.
 *
 * @param _type {@link #TYPE}
 * @param subject what the statement is about
 * @param predicateType {@link #PREDICATE_TYPE}
 * @param predicate what is stated
 */
public record Statement(String _type, List<Subject> subject, String predicateType, ReleasePredicate predicate) {
    /** The type of all in-toto statements of version 1. */
    public static final String TYPE = "https://in-toto.io/Statement/v1";

    /** The type of {@link ReleasePredicate}. */
    public static final String PREDICATE_TYPE = "https://releasepipeline.github.io/attestation/version/v1";

    private static final String SHA256 = "sha256";
    private static final String KIND = "kind";

    /**
     * Something that the statement is about.
     *
     * @param name of an item, its path; of the commit, {@code repository://name@tag}, which cannot be a path
     * @param digest by algorithm: {@code sha256} of an item's bytes, or {@code gitCommit}
     * @param annotations of an item, its kind
     */
    public record Subject(String name, Map<String, String> digest, Map<String, String> annotations) {
        /** Copies the maps. */
        public Subject {
            digest = Map.copyOf(digest);
            annotations = Map.copyOf(annotations);
        }
    }

    /** Copies the list. */
    public Statement {
        subject = List.copyOf(subject);
    }

    /** A statement about a version with these items. */
    public static Statement of(ReleasePredicate predicate, Manifest manifest) {
        Subject commit = new Subject(
                "repository://" + predicate.repository() + "@" + predicate.version(),
                Map.of("gitCommit", predicate.commit().hex()),
                Map.of());
        Stream<Subject> items = manifest.items().stream()
                .map(item -> new Subject(
                        item.id().path(),
                        Map.of(SHA256, item.digest().hex()),
                        Map.of(KIND, item.id().kind())));
        return new Statement(TYPE, Stream.concat(Stream.of(commit), items).toList(), PREDICATE_TYPE, predicate);
    }

    /**
     * The items that it is about.
     *
     * @throws IllegalArgumentException if a subject is no item, or two have one path
     */
    public Manifest manifest() {
        List<Item> items = new ArrayList<>(subject.size());
        for (Subject one : subject) {
            String digest = one.digest().get(SHA256);
            if (digest != null) {
                String kind = one.annotations().getOrDefault(KIND, "");
                items.add(new Item(new ItemId(kind, one.name()), new Digest(digest)));
            }
        }
        return new Manifest(items);
    }

    /** Why this does not state a version as it is stored, with its tag, its commit and all of its items; empty if it does. */
    public Optional<Verification> mismatch(Version version) {
        if (!_type.equals(TYPE) || !predicateType.equals(PREDICATE_TYPE)) {
            return refused(
                    Verification.Reason.NO_STATEMENT,
                    "It is a '" + predicateType + "' in a '" + _type + "', not a " + PREDICATE_TYPE);
        }
        String tag = version.number().tag();
        if (!predicate.version().equals(tag) || !predicate.commit().equals(version.commit())) {
            return refused(
                    Verification.Reason.OTHER_VERSION,
                    "It is about " + predicate.version() + " at " + predicate.commit() + ", not about " + tag + " at "
                            + version.commit());
        }
        return predicate.manifest().equals(version.manifest()) && subjectsAre(version.manifest())
                ? Optional.empty()
                : refused(
                        Verification.Reason.OTHER_ITEMS,
                        "Its subjects are not the commit and the items of " + tag + ", whose manifest is "
                                + version.manifest());
    }

    private static Optional<Verification> refused(Verification.Reason reason, String text) {
        return Optional.of(new Verification.Refused(reason, text));
    }

    /** Other verifiers look at the subjects alone, so these have to say just what the predicate says. */
    private boolean subjectsAre(Digest digest) {
        try {
            Manifest items = manifest();
            return items.digest().equals(digest)
                    && of(predicate, items).subject().equals(subject);
        } catch (IllegalArgumentException e) {
            return false; // a subject that can be no item
        }
    }
}
