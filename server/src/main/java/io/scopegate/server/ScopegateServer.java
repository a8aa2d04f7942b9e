package io.scopegate.server;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.vertx.http.HttpServer;
import io.scopegate.inference.onnx.SessionCreation;
import io.scopegate.server.config.ListenSettings;
import io.scopegate.server.grpc.GrpcPort;
import io.scopegate.server.tls.AnonymousClientProbe;
import io.scopegate.server.tls.ServerTls;
import java.io.IOException;
import org.jboss.logging.Logger;

/**
 * The server process. When it is ready, it prints one line on standard output that says where it listens. On SIGTERM or
 * SIGINT, even during startup, it answers pending frames and ends with exit code 0.
 */
@QuarkusMain
public final class ScopegateServer implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(ScopegateServer.class);
    /** Logged when the process ends because the gRPC server did not start. */
    static final String NO_GRPC = "the gRPC server did not start; exiting";

    private static final StopSignals SIGNALS =
            new StopSignals(action -> Thread.ofPlatform().name("drain").start(action));

    private final ServerLife life;
    private final GrpcPort grpc;
    private final HttpServer http;
    private final ListenSettings hosts;
    private final ServerTls tls;

    ScopegateServer(ServerLife life, GrpcPort grpc, HttpServer http, ListenSettings hosts, ServerTls tls) {
        this.life = life;
        this.grpc = grpc;
        this.http = http;
        this.hosts = hosts;
        this.tls = tls;
    }

    /** Runs the server; returns when it ends. */
    public static void main(String[] arguments) {
        SIGNALS.listen();
        // Passed to run() instead, this handler would also have to log why a start failed.
        ApplicationLifecycleManager.setDefaultExitCodeHandler((status, _) -> end(status));
        Quarkus.run(ScopegateServer.class, arguments);
    }

    /**
     * Ends the process, after everything else has been stopped. If a network is still being opened or an engine built,
     * it halts, since ONNX Runtime's shutdown hook could crash the process then.
     */
    private static void end(int status) {
        if (SessionCreation.isUnderway()) {
            Runtime.getRuntime().halt(status);
        }
        System.exit(status);
    }

    @Override
    public int run(String... arguments) {
        if (!grpc.isOpen()) {
            // Quarkus has logged why, and would go on without the gRPC server. LogLineFilter drops this line if the
            // reason was a setting.
            LOG.error(NO_GRPC);
            return 1;
        }
        if (!strangersRefused()) {
            return 1;
        }
        LOG.infof("gRPC listening on %s:%d, %s", hosts.grpcHost(), grpc.number(), tls.protection());
        if (SIGNALS.handOver(this::drain)) {
            System.out.println(readyLine());
        }
        Quarkus.waitForExit();
        return 0;
    }

    private boolean strangersRefused() {
        try {
            if (tls.mutual()) {
                AnonymousClientProbe.requireRefused(hosts.grpcHost(), grpc.number());
            }
            return true;
        } catch (IOException e) {
            LOG.errorf("mutual TLS is configured but not enforced; exiting: %s", e.getMessage());
            return false;
        }
    }

    private String readyLine() {
        return "scopegate ready grpc=" + hosts.grpcHost() + ":" + grpc.number() + " http=" + hosts.httpHost() + ":"
                + http.getPort();
    }

    private void drain() {
        try {
            life.drain();
        } finally {
            Quarkus.asyncExit(0);
        }
    }
}
