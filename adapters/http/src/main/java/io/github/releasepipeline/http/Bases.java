package io.github.releasepipeline.http;

import java.net.URI;

/** Addresses of services. */
final class Bases {
    private Bases() {}

    /** The address without a slash at its end. */
    static URI checked(String service, URI base) {
        boolean http = "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme());
        if (!http || base.getHost() == null) {
            throw new IllegalArgumentException("The address of " + service
                    + " begins with https:// (or http://) and names a host, not '" + withoutUser(base) + "'");
        }
        if (base.getUserInfo() != null || base.getQuery() != null || base.getFragment() != null) {
            throw new IllegalArgumentException("The address of " + service
                    + " has no user, query or fragment; give the token apart: '" + withoutUser(base) + "'");
        }
        String text = base.toString();
        return text.endsWith("/") ? URI.create(text.replaceAll("/+$", "")) : base;
    }

    /** A whole address for a target: the base itself, a path or query below it, or an address that the service gave. */
    static URI resolve(URI base, String target) {
        return target.matches("|[/?].*") ? URI.create(base + target) : URI.create(target);
    }

    private static String withoutUser(URI base) {
        return base.toString().replaceAll("//[^/@]*@", "//").replaceAll("[?#].*", "");
    }
}
