package io.github.releasepipeline.notify;

import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.version.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A letter in words, for notifiers that tell people: what happened then, and how its subject stands now. The texts hold what
 * people and foreign systems said, as they said it: whoever shows them escapes them.
 *
 * @param subject reference of what it is about, {@code release:…}
 * @param headline what it is about, one line
 * @param happened what the event says, one sentence without its subject
 * @param status how the subject stands now, in a word or two; the event's name for subjects that have no state
 * @param severity how much the event matters
 * @param facts what is known of the subject now, in the order in which people read it
 * @param notes release notes in Markdown, if the subject has any
 */
public record Bulletin(
        String subject,
        String headline,
        String happened,
        String status,
        Severity severity,
        List<Fact> facts,
        Optional<String> notes) {
    /** Copies the list. */
    public Bulletin {
        facts = List.copyOf(facts);
    }

    /**
     * Something that is known.
     *
     * @param name one or two words
     * @param value any text
     */
    public record Fact(String name, String value) {}

    /** Puts a letter into words. */
    public static Bulletin of(Letter letter, Snapshots now) {
        Optional<Release> release = letter.release().flatMap(now::find).map(Stored::snapshot);
        if (release.isPresent()) {
            return ofRelease(letter, release.get(), now);
        }
        Optional<Version> version = letter.version().flatMap(now::find).map(Stored::snapshot);
        return version.map(found -> ofVersion(letter, found)).orElseGet(() -> ofAnything(letter));
    }

    private static Bulletin ofRelease(Letter letter, Release release, Snapshots now) {
        return new Bulletin(
                letter.record().subject(),
                ReleaseWords.headline(release),
                EventWords.happened(letter.record()),
                Words.spaced(release.state().kind()),
                Severity.of(letter.record().event()),
                ReleaseWords.facts(release),
                now.find(release.version()).map(stored -> stored.snapshot().notes()));
    }

    private static Bulletin ofVersion(Letter letter, Version version) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Version", version.number().tag()));
        facts.add(new Fact("Status", Words.spaced(version.state().kind())));
        facts.add(new Fact("Made by", version.createdBy().id()));
        facts.add(new Fact("Why this number", version.bump() + ": " + version.bumpReason()));
        return new Bulletin(
                letter.record().subject(),
                "Version " + version.number().tag(),
                EventWords.happened(letter.record()),
                Words.spaced(version.state().kind()),
                Severity.of(letter.record().event()),
                facts,
                Optional.of(version.notes()));
    }

    private static Bulletin ofAnything(Letter letter) {
        String subject = letter.record().subject();
        return new Bulletin(
                subject,
                Words.capital(subject.replaceFirst(":", " ").replaceFirst("^change-set", "change set")),
                EventWords.happened(letter.record()),
                Words.event(letter.record().event()),
                Severity.of(letter.record().event()),
                List.of(),
                Optional.empty());
    }
}
