package io.github.releasepipeline.http;

import com.github.mizosoft.methanol.CacheAwareResponse;
import com.github.mizosoft.methanol.HttpCache;
import com.github.mizosoft.methanol.Methanol;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends one request and reads the whole answer, within the timeouts. Remembers answers to reads in memory. */
final class Wire {
    private static final long CACHE_BYTES = 16L << 20;

    private final HttpClient client;
    private final int maxBodyBytes;
    private final Map<String, String> headers;

    Wire(HttpOptions options, Map<String, String> headers) {
        this.client = Methanol.newBuilder()
                .userAgent("release-pipeline")
                .cache(HttpCache.newBuilder().cacheOnMemory(CACHE_BYTES).build())
                .connectTimeout(options.connectTimeout())
                .headersTimeout(options.headersTimeout())
                .readTimeout(options.bodyTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.maxBodyBytes = options.maxBodyBytes();
        this.headers = Map.copyOf(headers);
    }

    /**
     * One exchange, redirects not followed.
     *
     * @param authorization the header's value; empty to leave it out
     */
    Reply exchange(Call call, URI uri, String authorization, Duration time) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request(call, uri, authorization), info -> new LimitedBody(maxBodyBytes));
        try {
            HttpResponse<byte[]> response = answer.get(time.toNanos(), TimeUnit.NANOSECONDS);
            return new Reply(
                    call.endpoint(),
                    uri,
                    response.statusCode(),
                    response.headers(),
                    response.body(),
                    isRemembered(response));
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer in time");
        } catch (ExecutionException e) {
            throw asIOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(Call call, URI uri, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        headers.forEach(request::setHeader);
        call.headers().forEach(request::setHeader);
        if (call.fresh()) {
            request.setHeader("Cache-Control", "no-cache");
        }
        if (!authorization.isEmpty()) {
            request.setHeader("Authorization", authorization);
        }
        if (call.body().isPresent() && !call.headers().containsKey("Content-Type")) {
            request.setHeader("Content-Type", "application/json");
        }
        return request.method(
                        call.method(),
                        call.body()
                                .map(json -> BodyPublishers.ofByteArray(Json.write(json)))
                                .orElseGet(BodyPublishers::noBody))
                .build();
    }

    private static boolean isRemembered(HttpResponse<?> response) {
        return response instanceof CacheAwareResponse<?> aware
                && aware.cacheStatus() == CacheAwareResponse.CacheStatus.HIT;
    }

    private static IOException asIOException(@Nullable Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedIOException || cause instanceof InterruptedException) {
            throw new InterruptedException("interrupted while waiting for an answer");
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }
}
