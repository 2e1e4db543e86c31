package io.github.releasepipeline.http.hook;

import java.util.List;
import java.util.Map;

/**
 * Judges deliveries of a forge's web hook. Does no input or output, so it answers within the forge's few seconds.
 * Thread-safe.
 */
public interface WebhookReceiver {
    /**
     * Judges one delivery.
     *
     * @param headers as they came; names in any case
     * @param body the bytes as they came, before any decoding: the signature is over them
     */
    WebhookVerdict receive(Map<String, List<String>> headers, byte[] body);

    /** The host could not act on this delivery: when the forge sends it again, it is no repetition. */
    void forget(WebhookVerdict.Changed delivery);
}
