package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.inputs.Atom.Step;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a value belongs to one caller: a request, session, identity, transaction, deadline. */
public final class PerCaller {
  /** By qualified name, subtypes included. */
  private static final ImmutableSet<String> TYPES =
      ImmutableSet.of(
          "javax.servlet.ServletRequest",
          "javax.servlet.ServletResponse",
          "javax.servlet.AsyncContext",
          "javax.servlet.http.HttpSession",
          "javax.servlet.http.Cookie",
          "jakarta.servlet.ServletRequest",
          "jakarta.servlet.ServletResponse",
          "jakarta.servlet.AsyncContext",
          "jakarta.servlet.http.HttpSession",
          "jakarta.servlet.http.Cookie",
          "javax.ws.rs.container.ContainerRequestContext",
          "javax.ws.rs.core.HttpHeaders",
          "javax.ws.rs.core.SecurityContext",
          "javax.ws.rs.core.UriInfo",
          "jakarta.ws.rs.container.ContainerRequestContext",
          "jakarta.ws.rs.core.HttpHeaders",
          "jakarta.ws.rs.core.SecurityContext",
          "jakarta.ws.rs.core.UriInfo",
          "jakarta.faces.context.FacesContext",
          "javax.faces.context.FacesContext",
          "javax.persistence.EntityTransaction",
          "jakarta.persistence.EntityTransaction",
          "javax.transaction.Transaction",
          "jakarta.transaction.Transaction",
          "org.springframework.web.context.request.RequestAttributes",
          "org.springframework.web.server.ServerWebExchange",
          "org.springframework.web.server.WebSession",
          "org.springframework.http.server.ServerHttpRequest",
          "org.springframework.http.server.reactive.ServerHttpRequest",
          "org.springframework.web.servlet.function.ServerRequest",
          "org.springframework.web.reactive.function.server.ServerRequest",
          "org.springframework.security.core.Authentication",
          "org.springframework.security.core.context.SecurityContext",
          "org.springframework.transaction.TransactionStatus",
          "org.hibernate.Transaction",
          "java.security.Principal",
          "com.sun.net.httpserver.HttpExchange",
          "io.undertow.server.HttpServerExchange",
          "io.vertx.core.http.HttpServerRequest",
          "io.vertx.ext.web.RoutingContext",
          "io.javalin.http.Context",
          "io.netty.channel.ChannelHandlerContext",
          "io.grpc.Context",
          "io.grpc.Deadline",
          "io.grpc.ServerCall",
          "io.grpc.stub.StreamObserver",
          "com.linecorp.armeria.common.RequestContext",
          "play.mvc.Http.Request",
          "graphql.schema.DataFetchingEnvironment");

  /** Types of other origin that are named like what they are. */
  private static final Pattern NAMES =
      Pattern.compile(
          "((Http)?Servlet|(Incoming|Inbound|Server|Web)(Http)?)(Request|Response)"
              + "|Http(Server)?Exchange|(Http|User|Web|Login|Client)Session"
              + "|(Http)?(Request|Caller|Call|Security|User|Auth|Authentication)(Context|Scope)"
              + "|Caller|CallerInfo|CallerIdentity|CurrentUser"
              + "|Authentication|Principal|UserPrincipal|AuthenticatedUser|RoutingContext"
              + "|Deadline|CancellationToken|TransactionContext|TransactionScope|TransactionHandle");

  /** Whether it is a request depends on what it has: an own value class may be called that too. */
  private static final Pattern MAYBE_REQUEST =
      Pattern.compile("(\\w*Http)?(Request|Response|Session|Transaction)|Tx|UnitOfWork");

  private static final Pattern REQUEST_MEMBERS =
      Pattern.compile(
          "(get|current)?_?(header|headers|cookies?|session|principal|userprincipal|remoteaddr"
              + "|remoteaddress|remoteuser|authorization|authtoken|bearertoken|deadline|attribute"
              + "|attributes|commit|rollback|isauthenticated|currentuser|context)");

  private static final Pattern DEADLINE =
      Pattern.compile("deadline(Nanos|Millis|Ms|At)?|expiresAtNanos|cancellationToken");

  private static final Pattern REQUEST =
      Pattern.compile(".*(Request|Response|Exchange|FacesContext|RequestAttributes)");

  /** Methods that begin something new for whoever calls them. */
  private static final Pattern MAKES =
      Pattern.compile("(begin|open|start|new|create|make|acquire|build|after|of)([A-Z]\\w*)?");

  private static final Pattern SCRATCH =
      Pattern.compile(
          "StringBuilder|StringBuffer|\\w*(Format|Formatter|Buffer|Digest|Random|Cipher|Mac|Matcher"
              + "|Encoder|Decoder|Parser|Builder|Mapper|Serializer|Kryo|Collator)");

  private static final Pattern NOBODY =
      Pattern.compile("system|empty|anonymous|none|root|background|internal");

  private static final ImmutableSet<String> OUTBOUND =
      ImmutableSet.of(
          "java.net.http.HttpRequest",
          "java.net.http.HttpResponse",
          "okhttp3.Request",
          "okhttp3.Response",
          "org.springframework.http.client.ClientHttpRequest");

  private final Types types;
  private final ImmutableSet<String> configured;

  public PerCaller(Options options, Types types) {
    this.types = types;
    this.configured = options.perCallerTypes();
  }

  /**
   * The symbol by which something that a loader reads belongs to the caller that leads; null where
   * it does not. What a loader makes for itself is its own.
   */
  public @Nullable Symbol in(Atom atom, Entry entry) {
    if (atom.nature() == Nature.THREAD_BOUND) {
      return isScratch(atom.root()) ? null : atom.root();
    }
    if (atom.root() instanceof VarSymbol && !Symbols.isField(atom.root())) {
      if (is(atom.root())) {
        return atom.root();
      }
      for (Step step : atom.path()) {
        if (is(step.symbol()) && !MAKES.matcher(step.symbol().name).matches()) {
          return step.symbol();
        }
      }
    }
    if (atom.isConfiguration()
        && !atom.path().isEmpty()
        && isInjectedRequest(atom.path().get(0).symbol())) {
      return atom.path().get(0).symbol();
    }
    if (isMadeForAll(atom)) {
      return null;
    }
    for (Symbol symbol : atom.trail()) {
      if (symbol instanceof VarSymbol variable && is(variable) && isCaptured(variable, entry)) {
        return variable;
      }
    }
    return null;
  }

  /** A thread-local of a tool that is not safe to share: it says nothing of the caller. */
  /** Whether a variable may be such an object, by its type or name: the cheap question. */
  boolean mayBe(VarSymbol variable) {
    return is(variable) || is(variable.type);
  }

  private static boolean isScratch(Symbol symbol) {
    List<Type> held = symbol.type == null ? List.of() : symbol.type.getTypeArguments();
    return symbol instanceof VarSymbol
        && held.size() == 1
        && (held.get(0).hasTag(TypeTag.ARRAY)
            || SCRATCH.matcher(Symbols.simpleName(held.get(0))).matches());
  }

  /** Found by something else that was read, or one of those that stand for no caller. */
  private boolean isMadeForAll(Atom atom) {
    for (Step step : atom.path()) {
      if (step.dependent() || is(step.symbol())) {
        return step.dependent();
      }
    }
    return (atom.root() instanceof MethodSymbol method && NOBODY.matcher(method.name).matches());
  }

  /** A request in a field is a proxy for that of the current thread. */
  private boolean isInjectedRequest(Symbol symbol) {
    return symbol instanceof VarSymbol && isRequest(symbol.type);
  }

  private static boolean isCaptured(VarSymbol variable, Entry entry) {
    Tree loader = entry.site().loader();
    return loader != null
        && entry.isAround(variable)
        && (entry.isThroughHelper() || entry.member().isDeclaredOutside(variable, loader));
  }

  /** Whether the value of a variable, or of a method, belongs to one caller. */
  private boolean is(Symbol symbol) {
    if (Symbols.hasAnnotation(symbol, "PerCaller")) {
      return true;
    }
    Type type = symbol instanceof MethodSymbol m ? m.getReturnType() : symbol.type;
    if (symbol instanceof VarSymbol && DEADLINE.matcher(symbol.name).matches()) {
      return true;
    }
    return (symbol instanceof VarSymbol || symbol instanceof MethodSymbol) && is(type);
  }

  /** Whether the values of a type belong to one caller each. */
  private boolean is(@Nullable Type type) {
    if (type == null || !(type.tsym instanceof ClassSymbol symbol) || type.isPrimitive()) {
      return false;
    }
    if (symbol.getQualifiedName().contentEquals("java.util.Optional")) {
      return !type.getTypeArguments().isEmpty() && is(type.getTypeArguments().get(0));
    }
    for (Type supertype : types.closure(types.erasure(type))) {
      String name = supertype.tsym.getQualifiedName().toString();
      if (OUTBOUND.contains(name)) {
        return false;
      }
      if (TYPES.contains(name)
          || configured.contains(name)
          || configured.contains(supertype.tsym.getSimpleName().toString())
          || Symbols.hasAnnotation(supertype.tsym, "PerCaller")) {
        return true;
      }
    }
    String simple = symbol.getSimpleName().toString();
    return NAMES.matcher(simple).matches()
        || (MAYBE_REQUEST.matcher(simple).matches() && hasRequestMember(symbol));
  }

  /** A request, rather than what it says about identity, security or time. */
  private boolean isRequest(Type type) {
    return is(type) && REQUEST.matcher(Symbols.simpleName(type)).matches();
  }

  private static boolean hasRequestMember(ClassSymbol type) {
    for (Symbol member : type.members().getSymbols()) {
      if (REQUEST_MEMBERS.matcher(member.name.toString().toLowerCase(Locale.ROOT)).matches()) {
        return true;
      }
    }
    return false;
  }
}
