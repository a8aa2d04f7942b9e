package io.scopegate.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A relay to a server that can go silent: connections stay open, but what is sent over them is lost. */
final class HalfOpenLink implements AutoCloseable {
    private final ServerSocket entrance;
    private final int exitPort;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    HalfOpenLink(int exitPort) throws IOException {
        this.entrance = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.exitPort = exitPort;
        start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Makes everything that is sent over existing connections get lost from now on. New connections work. */
    void loseExistingConnections() {
        connections.forEach(connection -> connection.lost = true);
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Connection connection : connections) {
            connection.inner.close();
            connection.outer.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket outer = entrance.accept();
            Connection connection = new Connection(outer, new Socket(InetAddress.getLoopbackAddress(), exitPort));
            connections.add(connection);
            start(() -> connection.carry(connection.outer, connection.inner));
            start(() -> connection.carry(connection.inner, connection.outer));
        }
    }

    private static void start(Carrying work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // All of these threads end when their socket is closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Carrying {
        void run() throws IOException;
    }

    private static final class Connection {
        private final Socket outer;
        private final Socket inner;
        private volatile boolean lost;

        Connection(Socket outer, Socket inner) {
            this.outer = outer;
            this.inner = inner;
        }

        void carry(Socket from, Socket to) throws IOException {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8_192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!lost) {
                    out.write(buffer, 0, read);
                }
            }
        }
    }
}
