package test;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A callback that stands in another. */
class TwiceAttached {
  interface Network {
    CompletableFuture<Channel> connect(String host);
  }

  interface Channel {
    CompletableFuture<String> handshake();
  }

  private final Map<String, CompletableFuture<String>> pool = new ConcurrentHashMap<>();
  private final Network network;

  TwiceAttached(Network network) {
    this.network = network;
  }

  /** Both have to be done already. */
  CompletableFuture<String> connection(String host) {
    return pool.computeIfAbsent(
        host,
        h ->
            network
                .connect(h)
                .thenCompose(
                    channel ->
                        channel
                            .handshake()
                            // STRICT: Diagnostic contains: at once if the future is done by then
                            .whenComplete((done, failure) -> pool.remove(h))));
  }

  CompletableFuture<String> shaken(String host) {
    return pool.computeIfAbsent(
        // STRICT: Diagnostic contains: at once if the future is done by then
        "shaken:" + host, h -> network.connect(h).thenCompose(channel -> shake(host, channel)));
  }

  private CompletableFuture<String> shake(String host, Channel channel) {
    return channel.handshake().whenComplete((done, failure) -> pool.remove(host));
  }

  /** One is enough. */
  CompletableFuture<String> named(String host) {
    return pool.computeIfAbsent(
        "named:" + host,
        h ->
            network
                .connect(host)
                .thenApply(Object::toString)
                // BUG: Diagnostic contains: at once if the future is done by then
                .whenComplete((done, failure) -> pool.remove(h)));
  }
}
