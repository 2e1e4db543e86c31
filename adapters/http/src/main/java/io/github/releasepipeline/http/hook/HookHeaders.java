package io.github.releasepipeline.http.hook;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Headers of a delivery.
 *
 * @param headers names in any case
 */
public record HookHeaders(Map<String, List<String>> headers) {
    /** The only value of a header; empty if it is missing, blank, or there are several of which one could be forged. */
    public Optional<String> single(String name) {
        List<String> values = headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .toList();
        return values.size() == 1 && !values.get(0).isBlank()
                ? Optional.of(values.get(0).strip())
                : Optional.empty();
    }

    /** Whether there is such a header. */
    public boolean has(String name) {
        return headers.keySet().stream().anyMatch(name::equalsIgnoreCase);
    }
}
