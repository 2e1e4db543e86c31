package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.memory.RecordingNotifier;
import io.github.releasepipeline.notify.Subscription;
import io.github.releasepipeline.store.BuriedLetter;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.PageRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person does with letters that could not be delivered. */
class LettersTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private final RecordingNotifier chat = new RecordingNotifier("chat", Subscription.to("change-set.*"));
    private final RecordingNotifier mail = new RecordingNotifier("mail", Subscription.to("change-set.created"));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void what_could_not_be_delivered_is_listed_with_the_reason_and_can_be_sent_again() {
        // given
        chat.refuseNext(1);
        Pipeline pipeline = start();
        pipeline.as(ALICE).changeSets().create("Set", set -> {});
        await().until(() -> buried(pipeline).size() == 1);
        BuriedLetter buried = buried(pipeline).get(0);
        assertThat(buried.letter().record().event().name()).isEqualTo("change-set.created");
        assertThat(buried.error()).contains("The receiver of 'chat' is gone");
        // when
        pipeline.as(ALICE).letters().resend(buried.letter());
        // then
        await().until(() -> !chat.letters().isEmpty());
        assertThat(chat.letters())
                .extracting(Letter::key)
                .containsExactly(buried.letter().key());
        assertThat(buried(pipeline)).isEmpty();
    }

    @Test
    void all_letters_of_one_notifier_can_be_sent_again_and_come_in_their_order() {
        // given
        chat.refuseNext(2);
        mail.refuseNext(2);
        Pipeline pipeline = start();
        pipeline.as(ALICE).changeSets().create("First", set -> {});
        pipeline.as(ALICE).changeSets().create("Second", set -> {});
        await().until(() -> buried(pipeline).size() == 4);
        // when
        int resent = pipeline.as(ALICE).letters().resendAll("chat");
        // then
        assertThat(resent).isEqualTo(2);
        await().until(() -> chat.letters().size() == 2);
        assertThat(buried(pipeline))
                .extracting(buried -> buried.letter().sink())
                .containsExactly("mail", "mail");
        assertThat(mail.letters()).isEmpty();
        assertThat(pipeline.as(ALICE).letters().resendAll("chat")).isZero();
    }

    private Pipeline start() {
        return fixture.start(wiring -> wiring.notifier(chat).notifier(mail));
    }

    private static List<BuriedLetter> buried(Pipeline pipeline) {
        return pipeline.as(ALICE).letters().buried(PageRequest.first(10)).rows();
    }
}
