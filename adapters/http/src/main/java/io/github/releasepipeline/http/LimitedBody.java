package io.github.releasepipeline.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a length; a longer one is cut off with an error, so that no service can fill the memory. */
final class LimitedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private final int max;
    private long received;
    private boolean done;
    private @Nullable Subscription subscription;

    LimitedBody(int max) {
        this.max = max;
    }

    /** A body was longer than allowed. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong(int max) {
            super("the body is longer than " + max + " bytes");
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return bytes.getBody();
    }

    @Override
    public void onSubscribe(Subscription theSubscription) {
        subscription = theSubscription;
        bytes.onSubscribe(theSubscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (done) {
            return;
        }
        received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (received <= max) {
            bytes.onNext(buffers);
            return;
        }
        done = true;
        if (subscription != null) {
            subscription.cancel();
        }
        bytes.onError(new TooLong(max));
    }

    @Override
    public void onError(Throwable error) {
        if (!done) {
            done = true;
            bytes.onError(error);
        }
    }

    @Override
    public void onComplete() {
        if (!done) {
            done = true;
            bytes.onComplete();
        }
    }
}
