package io.github.releasepipeline.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.automation.AutomationState;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.Plan;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestDetail;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.store.SyncPoint;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.Observation;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class ModelJsonProperties {
    private static final List<Class<?>> MODEL = AnyModel.every(
            PullRequest.class,
            PullRequestDetail.class,
            Automation.class,
            AutomationState.class,
            ChangeSet.class,
            ChangeSetState.class,
            Version.class,
            VersionState.class,
            ChangeAttribution.class,
            Release.class,
            ReleaseState.class,
            Plan.class,
            LogEntry.class,
            LogLine.class,
            Environment.class,
            SyncPoint.class,
            Manifest.class,
            MergeOutcome.class,
            Tag.class,
            GateResult.class,
            Observation.class,
            Probe.class,
            StepOutcome.class);
    private static final List<Class<?>> EVENTS = AnyModel.every(EventNames.FAMILIES.toArray(new Class<?>[0]));

    /** A value of the model and its class. */
    record Value(Class<?> type, Object value) {}

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void any_value_reads_back_as_it_was_written(@ForAll("values") Value any) {
        String text = ModelJson.write(any.value());

        Object read = ModelJson.read(any.type(), text);

        assertThat(read).isEqualTo(any.value());
        assertThat(ModelJson.write(read)).isEqualTo(text);
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void any_audit_record_reads_back_as_it_was_made(
            @ForAll("events") Value event, @ForAll("stamps") Stamp stamp, @ForAll("texts") String id) {
        AuditRecord made =
                AuditRecord.next(ChainHead.empty(), new ReleaseId("r-1"), id, stamp, (DomainEvent) event.value());

        AuditRecord read = AuditJson.read(made.canonical(), made.hash());

        assertThat(read).isEqualTo(made);
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    void long_texts_read_back(@ForAll("texts") String part) {
        String text = (part + "x").repeat(100_000 / (part.length() + 1));

        assertThat(ModelJson.read(String.class, ModelJson.write(text))).isEqualTo(text);
    }

    @Provide
    Arbitrary<Value> values() {
        return anyOf(Stream.concat(MODEL.stream(), EVENTS.stream()).toList());
    }

    @Provide
    Arbitrary<Value> events() {
        return anyOf(EVENTS);
    }

    @Provide
    Arbitrary<Stamp> stamps() {
        return AnyModel.of(Stamp.class);
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyModel.TEXT;
    }

    private static Arbitrary<Value> anyOf(List<Class<?>> types) {
        return Arbitraries.of(types)
                .flatMap(type -> Combinators.combine(
                                Arbitraries.just(type), AnyModel.of(type).map(Object.class::cast))
                        .as(Value::new));
    }
}
