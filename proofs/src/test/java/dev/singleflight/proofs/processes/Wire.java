package dev.singleflight.proofs.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;

/** Lines over a socket: each that is sent is answered. */
final class Wire implements Closeable {

  private final Socket socket;
  private final BufferedReader in;
  private final Writer out;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    this.out = new OutputStreamWriter(socket.getOutputStream(), UTF_8);
  }

  static Wire to(int port) throws IOException {
    return new Wire(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  synchronized String ask(String line) throws IOException {
    send(line);
    return receive();
  }

  void send(String line) throws IOException {
    out.write(line + '\n');
    out.flush();
  }

  String receive() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new EOFException("the other side has ended");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
