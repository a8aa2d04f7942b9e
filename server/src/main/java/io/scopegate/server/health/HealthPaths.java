package io.scopegate.server.health;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Answers 404 for health pages that have no check. SmallRye Health would answer UP for any group, whether or not it
 * exists, and for wellness, so that a probe with a mistyped path would never fail.
 */
@Singleton
final class HealthPaths {

    private static final String ROOT = "/q/health/";

    /** The pages that have checks, and the root with a trailing slash. */
    private static final Set<String> PAGES = Set.of("", "started", "live", "ready");

    /** A priority that puts the filter before every route. */
    private static final int FIRST = 1000;

    void register(@Observes Filters filters) {
        filters.register(HealthPaths::filter, FIRST);
    }

    private static void filter(RoutingContext request) {
        String path = request.normalizedPath();
        if (path.startsWith(ROOT) && !PAGES.contains(page(path))) {
            request.response()
                    .setStatusCode(404)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=UTF-8")
                    .end("no such health page; available: "
                            + "/q/health, /q/health/started, /q/health/live, /q/health/ready\n");
        } else {
            request.next();
        }
    }

    private static String page(String path) {
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        return path.substring(ROOT.length(), Math.max(ROOT.length(), end));
    }
}
