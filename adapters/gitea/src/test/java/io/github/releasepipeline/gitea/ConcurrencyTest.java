package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.gitea.fake.FakeGitea;
import io.github.releasepipeline.gitea.fake.FakeRoutes;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import io.github.releasepipeline.http.stub.StubServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private final FakeGitea forge = new FakeGitea();
    private final FakeRoutes routes = new FakeRoutes(forge, "");
    private final CountDownLatch four = new CountDownLatch(4);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void several_pull_requests_are_read_at_once_and_never_more_than_six() {
        for (int i = 0; i < 20; i++) {
            forge.open("Number " + i, "alice", List.of(), Map.of("workflows/" + i + ".json", "x"));
        }
        try (StubServer server = StubServer.start(this::answer)) {
            Gitea gitea = Gitea.repository(server.base().toString(), "acme/flows", FakeRoutes.TOKEN);

            assertThat(gitea.openPullRequests()).hasSize(20);
            assertThat(Described.GITEA_1_26.problems("/api/v1", server.exchanges()))
                    .isEmpty();
        }
        assertThat(four.getCount()).isZero();
        assertThat(most.get()).isBetween(4, 6);
    }

    /** Answers to reviews wait until four of them are wanted at the same time. */
    private Answer answer(Asked asked) {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try {
            if (asked.path().endsWith("/reviews")) {
                four.countDown();
                assertThat(four.await(20, TimeUnit.SECONDS)).isTrue();
            }
            return routes.apply(asked);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.empty(500);
        } finally {
            now.decrementAndGet();
        }
    }
}
