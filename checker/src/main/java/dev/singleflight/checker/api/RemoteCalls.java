package dev.singleflight.checker.api;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.util.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which calls ask another process, or wait for another thread, by the type they are made on. Files
 * are not among them, nor is what only computes, nor JNDI's {@code lookup}, which servers answer
 * themselves.
 */
public final class RemoteCalls {
  private static final Context.Key<RemoteCalls> KEY = new Context.Key<>();

  /** The methods that wait, as a pattern, of types and of all that extend or implement them. */
  private static final ImmutableMap<String, Pattern> WAITS =
      ImmutableMap.<String, Pattern>builder()
          .put("java.util.concurrent.Future", Pattern.compile("get|join|resultNow"))
          .put("java.util.concurrent.CountDownLatch", Pattern.compile("await"))
          .put("java.util.concurrent.CyclicBarrier", Pattern.compile("await"))
          .put("java.util.concurrent.BlockingQueue", Pattern.compile("take"))
          .put("java.util.concurrent.BlockingDeque", Pattern.compile("take(First|Last)?"))
          .put(
              "java.util.concurrent.ExecutorService",
              Pattern.compile("invokeA(ll|ny)|awaitTermination"))
          .put("java.util.concurrent.TimeUnit", Pattern.compile("sleep"))
          .put("java.lang.Thread", Pattern.compile("sleep|join"))
          .put(
              "com.google.common.util.concurrent.Futures",
              Pattern.compile("getUnchecked|getChecked"))
          .put(
              "com.google.common.util.concurrent.Uninterruptibles",
              Pattern.compile("getUninterruptibly|sleepUninterruptibly|joinUninterruptibly"))
          .put("org.apache.kafka.common.KafkaFuture", Pattern.compile("get"))
          .put("io.netty.util.concurrent.Future", Pattern.compile("sync|await|get"))
          .put("reactor.core.publisher.Mono", Pattern.compile("block|blockOptional"))
          .put("reactor.core.publisher.Flux", Pattern.compile("block(First|Last)"))
          .put("io.vertx.core.Future", Pattern.compile("await"))
          .buildOrThrow();

  private static final Pattern RESULTS =
      Pattern.compile("get|join|getUnchecked|getChecked|getUninterruptibly|block\\w*");

  private static final Pattern ANY = Pattern.compile("(?!toString|hashCode|equals|close).*");
  private static final Pattern EXECUTE = Pattern.compile("execute\\w*");

  /** The methods that ask somebody else, of types and of all that extend or implement them. */
  private static final ImmutableMap<String, Pattern> REMOTE =
      ImmutableMap.<String, Pattern>builder()
          .put("java.net.http.HttpClient", Pattern.compile("send"))
          .put(
              "java.net.HttpURLConnection",
              Pattern.compile("connect|getInputStream|getOutputStream|getResponse\\w+|getContent"))
          .put("java.net.Socket", Pattern.compile("connect"))
          .put("java.net.InetAddress", Pattern.compile("getByName|getAllByName"))
          .put("java.sql.Statement", EXECUTE)
          .put("java.sql.DriverManager", Pattern.compile("getConnection"))
          .put("javax.sql.DataSource", Pattern.compile("getConnection"))
          .put("javax.naming.directory.DirContext", Pattern.compile("search|getAttributes"))
          .put("org.apache.http.client.fluent.Request", EXECUTE)
          .put("org.hibernate.Session", Pattern.compile("get|find|save|update|merge|refresh|flush"))
          .put("org.apache.ibatis.session.SqlSession", Pattern.compile("select\\w*|insert|update"))
          .put(
              "org.springframework.data.repository.Repository",
              Pattern.compile("(find|get|read|query|exists|count|save|delete)\\w*"))
          .put(
              "com.mongodb.client.MongoCollection",
              Pattern.compile("count\\w*|findOne\\w+|insert\\w*|update\\w*|replaceOne|delete\\w*"))
          .put("com.mongodb.client.MongoIterable", Pattern.compile("first|into|forEach"))
          .put("org.apache.thrift.TServiceClient", Pattern.compile("(?!get(In|Out)putProtocol).*"))
          .put("java.lang.Process", Pattern.compile("waitFor"))
          .put("java.rmi.Remote", ANY)
          .put("org.apache.http.client.HttpClient", EXECUTE)
          .put("org.apache.hc.client5.http.classic.HttpClient", EXECUTE)
          .put("org.apache.commons.httpclient.HttpClient", Pattern.compile("executeMethod"))
          .put("okhttp3.Call", Pattern.compile("execute"))
          .put("retrofit2.Call", Pattern.compile("execute"))
          .put("com.google.api.client.http.HttpRequest", Pattern.compile("execute"))
          .put("javax.ws.rs.client.SyncInvoker", ANY)
          .put("jakarta.ws.rs.client.SyncInvoker", ANY)
          .put("javax.ws.rs.client.Invocation", Pattern.compile("invoke"))
          .put("jakarta.ws.rs.client.Invocation", Pattern.compile("invoke"))
          .put(
              "org.springframework.web.client.RestOperations",
              Pattern.compile("(get|post|put|patch|delete|head|options)\\w*|exchange|execute"))
          .put(
              "org.springframework.jdbc.core.JdbcOperations",
              Pattern.compile("query\\w*|update|batchUpdate|execute|call"))
          .put(
              "org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations",
              Pattern.compile("query\\w*|update|batchUpdate|execute"))
          .put(
              "org.springframework.ldap.core.LdapOperations",
              Pattern.compile("search\\w*|lookup\\w*"))
          .put(
              "jakarta.persistence.EntityManager", Pattern.compile("find|merge|refresh|flush|lock"))
          .put("javax.persistence.EntityManager", Pattern.compile("find|merge|refresh|flush|lock"))
          .put(
              "jakarta.persistence.Query",
              Pattern.compile("getResultList|getSingleResult|getResultStream|executeUpdate"))
          .put(
              "javax.persistence.Query",
              Pattern.compile("getResultList|getSingleResult|getResultStream|executeUpdate"))
          .put(
              "io.grpc.stub.AbstractBlockingStub",
              Pattern.compile("(?!with|get(Channel|CallOptions)).*"))
          .put("io.grpc.stub.ClientCalls", Pattern.compile("blocking\\w+"))
          .put(
              "org.apache.zookeeper.ZooKeeper",
              Pattern.compile("getData|getChildren|exists|create|delete|setData"))
          .put("org.apache.curator.framework.api.Pathable", Pattern.compile("forPath"))
          .put("org.apache.hadoop.hive.metastore.IMetaStoreClient", ANY)
          .put("redis.clients.jedis.commands.JedisCommands", ANY)
          .buildOrThrow();

  /** Packages of clients, each of whose methods goes to a server. */
  private static final Pattern CLIENTS =
      Pattern.compile("com\\.amazonaws\\.services\\..*|software\\.amazon\\.awssdk\\.services\\..*");

  private static final Pattern ASYNC = Pattern.compile(".*Async(Client)?");

  /** What a call does to the thread that makes it. */
  public enum Kind {
    /** It waits for another thread, or for time to pass. */
    WAIT,
    /** It asks another process and waits for the answer. */
    REMOTE
  }

  private final Types types;
  private final Map<Symbol, ImmutableMap<Kind, Pattern>> rows = new HashMap<>();

  /** What the table says of a type itself, not of what it inherits. */
  private final Map<Symbol, ImmutableMap<Kind, Pattern>> ownRows = new HashMap<>();

  private final Map<MethodSymbol, Optional<Kind>> known = new HashMap<>();

  private RemoteCalls(VisitorState state) {
    this.types = state.getTypes();
  }

  public static RemoteCalls of(VisitorState state) {
    RemoteCalls calls = state.context.get(KEY);
    if (calls == null) {
      calls = new RemoteCalls(state);
      state.context.put(KEY, calls);
    }
    return calls;
  }

  /** What a method waits for; null where it is not known to wait. */
  public @Nullable Kind of(MethodSymbol method) {
    return known.computeIfAbsent(method, m -> Optional.ofNullable(find(m))).orElse(null);
  }

  /** Whether a method that waits gives what somebody else has worked out meanwhile. */
  public static boolean isResult(MethodSymbol method) {
    return RESULTS.matcher(method.name).matches();
  }

  private @Nullable Kind find(MethodSymbol method) {
    if (!(method.owner instanceof ClassSymbol owner) || method.isConstructor()) {
      return null;
    }
    ImmutableMap<Kind, Pattern> row = rows.computeIfAbsent(owner, o -> row(owner));
    for (Map.Entry<Kind, Pattern> entry : row.entrySet()) {
      if (entry.getValue().matcher(method.name).matches()) {
        return entry.getKey();
      }
    }
    return null;
  }

  private ImmutableMap<Kind, Pattern> row(ClassSymbol owner) {
    if (owner.type == null || !owner.type.hasTag(TypeTag.CLASS)) {
      return ImmutableMap.of();
    }
    for (Type supertype : types.closure(owner.type)) {
      ImmutableMap<Kind, Pattern> row =
          ownRows.computeIfAbsent(supertype.tsym, RemoteCalls::ownRow);
      if (!row.isEmpty()) {
        return row;
      }
    }
    return ImmutableMap.of();
  }

  private static ImmutableMap<Kind, Pattern> ownRow(Symbol type) {
    String name = type.getQualifiedName().toString();
    Pattern waits = WAITS.get(name);
    if (waits != null) {
      return ImmutableMap.of(Kind.WAIT, waits);
    }
    Pattern asks = REMOTE.get(name);
    if (asks != null) {
      return ImmutableMap.of(Kind.REMOTE, asks);
    }
    boolean isClient =
        name.endsWith("Client")
            && CLIENTS.matcher(name).matches()
            && !ASYNC.matcher(name).matches();
    return isClient ? ImmutableMap.of(Kind.REMOTE, ANY) : ImmutableMap.of();
  }
}
