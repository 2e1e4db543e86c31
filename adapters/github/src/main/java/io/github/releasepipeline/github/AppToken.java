package io.github.releasepipeline.github;

import io.github.releasepipeline.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** What an app signs to prove itself (RS256). Begins a minute ago and ends in nine: clocks differ, and ten is the most. */
final class AppToken {
    private static final Duration EARLIER = Duration.ofSeconds(60);
    private static final Duration LATER = Duration.ofMinutes(9);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String issuer;
    private final PrivateKey key;

    AppToken(String issuer, PrivateKey key) {
        this.issuer = issuer;
        this.key = key;
    }

    String at(Instant now) {
        byte[] header = Json.write(Json.object().put("alg", "RS256").put("typ", "JWT"));
        byte[] claims = Json.write(Json.object()
                .put("iat", now.minus(EARLIER).getEpochSecond())
                .put("exp", now.plus(LATER).getEpochSecond())
                .put("iss", issuer));
        String signed = BASE64.encodeToString(header) + "." + BASE64.encodeToString(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK signs with RSA", e);
        }
    }
}
