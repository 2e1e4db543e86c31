package io.github.releasepipeline.slack;

/**
 * What the host answers to Slack.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body possibly empty
 */
public record SlackReply(int status, String contentType, String body) {
    static SlackReply done() {
        return new SlackReply(200, "text/plain; charset=utf-8", "");
    }

    static SlackReply json(String json) {
        return new SlackReply(200, "application/json; charset=utf-8", json);
    }

    static SlackReply refused(int status, String why) {
        return new SlackReply(status, "text/plain; charset=utf-8", why);
    }
}
