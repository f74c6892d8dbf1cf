package test;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import test.Domain.*;

/** Maps of futures that are cleaned up when those fail. */
class Futures {
  private final ConcurrentMap<String, CompletableFuture<User>> running = new ConcurrentHashMap<>();
  private final Cache<String, CompletableFuture<User>> cache = Caffeine.newBuilder().build();
  private final Client client;
  private final Executor executor;

  /** What answers later, or at once. */
  interface Client {
    CompletableFuture<User> user(String id);

    void send(String id, CompletableFuture<User> answer);
  }

  Futures(Client client, Executor executor) {
    this.client = client;
    this.executor = executor;
  }

  CompletableFuture<User> inside(String id) {
    return running.computeIfAbsent(
        id,
        k -> {
          CompletableFuture<User> future = client.user(k);
          // BUG: Diagnostic contains: (remove), at once if the future is done by then
          future.whenComplete((user, failure) -> running.remove(k));
          return future;
        });
  }

  CompletableFuture<User> chained(String id) {
    return running.computeIfAbsent(
        // BUG: Diagnostic contains: at once if the future is done by then
        id, k -> client.user(k).exceptionally(failure -> running.remove(k).getNow(null)));
  }

  CompletableFuture<User> handedOn(String id) {
    return cache.get(
        id,
        k -> {
          CompletableFuture<User> answer = new CompletableFuture<>();
          client.send(k, answer);
          answer.handle(
              (user, failure) -> {
                // BUG: Diagnostic contains: updates the same cache (invalidate)
                cache.invalidate(k);
                return null;
              });
          return answer;
        });
  }

  CompletableFuture<User> notYetHandedOn(String id) {
    return cache.get(
        id,
        k -> {
          CompletableFuture<User> answer = new CompletableFuture<>();
          answer.orTimeout(1, TimeUnit.SECONDS).whenComplete((user, e) -> cache.invalidate(k));
          client.send(k, answer);
          return answer;
        });
  }

  /** Nobody else has the future when the helpers attach to it. */
  CompletableFuture<User> attachedByHelper(String id) {
    CompletableFuture<User> answer = new CompletableFuture<>();
    return cache.get(
        id,
        k -> {
          dropOnFailure(k, answer);
          client.send(k, answer);
          return answer;
        });
  }

  CompletableFuture<User> attachedByHelperAfterwards(String id) {
    CompletableFuture<User> answer = new CompletableFuture<>();
    return cache.get(
        id,
        k -> {
          client.send(k, answer);
          // BUG: Diagnostic contains: → invalidate)
          dropOnFailure(k, answer);
          return answer;
        });
  }

  CompletableFuture<User> attachedByHelperToLoad(String id) {
    return cache.get(
        id,
        k -> {
          CompletableFuture<User> answer = client.user(k);
          // BUG: Diagnostic contains: → invalidate)
          dropOnFailure(k, answer);
          return answer;
        });
  }

  CompletableFuture<User> completedByHelper(String id) {
    CompletableFuture<User> answer = new CompletableFuture<>();
    return cache.get(
        id,
        k -> {
          // BUG: Diagnostic contains: → invalidate)
          sendAndDrop(k, answer);
          return answer;
        });
  }

  private void dropOnFailure(String id, CompletableFuture<User> answer) {
    forgetOn(id, answer);
  }

  private void forgetOn(String id, CompletableFuture<User> answer) {
    answer.whenComplete((user, failure) -> cache.invalidate(id));
  }

  private void sendAndDrop(String id, CompletableFuture<User> answer) {
    client.send(id, answer);
    answer.whenComplete((user, failure) -> cache.invalidate(id));
  }

  CompletableFuture<User> onExecutor(String id) {
    return running.computeIfAbsent(
        id, k -> client.user(k).whenCompleteAsync((user, failure) -> running.remove(k), executor));
  }

  CompletableFuture<User> outside(String id) {
    CompletableFuture<User> future = running.computeIfAbsent(id, client::user);
    future.whenComplete((user, failure) -> running.remove(id, future));
    return future;
  }
}
