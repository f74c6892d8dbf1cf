package test;

import com.sun.net.httpserver.HttpExchange;
import dev.singleflight.SingleflightGroup;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import test.Domain.Repository;
import test.Domain.User;

/** Handlers that use the request around the load, and not in it. */
final class RightsCheckedOutside {
  interface Sender {
    User send(HttpRequest request);
  }

  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Repository db;
  private final Sender sender;

  RightsCheckedOutside(Repository db, Sender sender) {
    this.db = db;
    this.sender = sender;
  }

  private static void requireReader(Principal principal) {
    if (principal == null) {
      throw new SecurityException("sign in first");
    }
  }

  User checkedBefore(Principal principal, String id) {
    requireReader(principal);
    return group.execute(id, k -> db.findUser(k));
  }

  User checkedAfter(Principal principal, String id) {
    User user = group.execute(id, k -> db.findUser(k));
    if (!user.getName().equals(principal.getName())) {
      throw new SecurityException("not yours");
    }
    return user;
  }

  User outbound(String id) {
    HttpRequest request = HttpRequest.newBuilder(URI.create("https://users.test/" + id)).build();
    return group.execute(id, k -> sender.send(request));
  }

  User keyFromRequest(HttpExchange exchange) {
    String id = exchange.getRequestURI().getPath();
    return group.execute(id, k -> db.findUser(id));
  }

  User keyIsTheCaller(Principal principal) {
    return group.execute(principal.getName(), name -> db.findUser(principal.getName()));
  }

  CompletableFuture<String> usedInTheNextStage(Principal principal, String id) {
    return group
        .executeAsync(id, k -> db.findUser(k))
        .thenApply(user -> user.getName() + " for " + principal.getName());
  }

  User fallsBackToTheCaller(Principal principal, String id) {
    User user = group.execute(id, k -> db.findUser(k));
    return user != null ? user : db.findUser(principal.getName());
  }

  List<User> eachOfMany(HttpExchange exchange, List<String> ids) {
    return ids.stream().map(id -> group.execute(id, k -> db.findUser(k))).toList();
  }
}
