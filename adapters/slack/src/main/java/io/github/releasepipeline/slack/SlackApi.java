package io.github.releasepipeline.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Authorization;
import io.github.releasepipeline.http.Call;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Dialect;
import io.github.releasepipeline.http.HttpApi;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.http.Reply;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** Slack's web API as one bot. Writes are sent once; what became of one whose answer was lost has to be looked up. */
final class SlackApi {
    private final HttpApi http;
    private final HttpOptions options;

    SlackApi(URI base, String token, HttpOptions options) {
        this.http = new HttpApi(base, new Words(), Authorization.of("Bearer", token), options);
        this.options = options;
    }

    /** Calls a method that changes something. */
    JsonNode post(String method, JsonNode body) {
        return post(method, body, Set.of());
    }

    /**
     * Calls a method that changes something.
     *
     * @param expected errors that the caller deals with itself
     */
    JsonNode post(String method, JsonNode body, Set<String> expected) {
        Call call = Call.of("POST", "/" + method)
                .header("Content-Type", "application/json; charset=utf-8")
                .json(body);
        return answer(method, call, expected);
    }

    /** Calls a method that only reads. */
    JsonNode get(String method, Map<String, Object> query) {
        Call call = Call.get("/" + method);
        for (Map.Entry<String, Object> parameter : query.entrySet()) {
            call = call.query(parameter.getKey(), parameter.getValue());
        }
        return answer(method, call.asFresh(), Set.of());
    }

    private JsonNode answer(String method, Call call, Set<String> expected) {
        Reply reply = http.send(call, Deadline.in(options.patience(), options.clock()));
        JsonNode json = reply.json();
        if (!json.path("ok").isBoolean()) {
            throw AdapterException.passing(
                    "Slack " + method + " answered what Slack never says; is a proxy in between?", null);
        }
        if (!json.path("ok").booleanValue()
                && !expected.contains(json.path("error").asText())) {
            throw new SlackError(method, json, options.clock().instant()).failure();
        }
        return json;
    }

    /** Each method has its own rate limit. */
    private record Words() implements Dialect {
        @Override
        public String name() {
            return "Slack";
        }

        @Override
        public String quota(Call call) {
            return call.endpoint();
        }
    }
}
