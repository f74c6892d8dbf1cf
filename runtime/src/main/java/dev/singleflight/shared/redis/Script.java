package dev.singleflight.shared.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.codec.Base16;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * One atomic step, as a script that the server runs: asked for by its hash, and sent in full if the
 * server does not know it.
 */
enum Script {
  CONNECT("connect", ScriptOutputType.INTEGER),
  READ("read", ScriptOutputType.MULTI),
  FILL("fill", ScriptOutputType.INTEGER),
  RENEW("renew", ScriptOutputType.INTEGER),
  RELEASE("release", ScriptOutputType.INTEGER),
  INVALIDATE("invalidate", ScriptOutputType.INTEGER),
  INVALIDATE_TENANT("invalidate-tenant", ScriptOutputType.INTEGER),
  INVALIDATE_TIER("invalidate-tier", ScriptOutputType.INTEGER);

  @SuppressWarnings("ImmutableEnumChecker") // never written to, and never given out
  private final byte[] text;

  private final String hash;
  private final ScriptOutputType output;

  Script(String name, ScriptOutputType output) {
    this.text = read(name + ".lua");
    this.hash = Base16.digest(text);
    this.output = output;
  }

  <T> CompletionStage<T> run(
      RedisScriptingAsyncCommands<byte[], byte[]> commands, byte[][] keys, byte[]... arguments) {
    return commands
        .<T>evalsha(hash, output, keys, arguments)
        .exceptionallyCompose(
            failure ->
                isNoScript(failure)
                    ? commands.eval(text, output, keys, arguments)
                    : CompletableFuture.failedStage(failure));
  }

  private static boolean isNoScript(Throwable failure) {
    return failure instanceof RedisNoScriptException
        || (failure instanceof CompletionException
            && failure.getCause() instanceof RedisNoScriptException);
  }

  private static byte[] read(String file) {
    try (InputStream in = Script.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("there is no resource " + file + " beside " + Script.class);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
