package dev.singleflight.samples.retry;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A hundred callers, and a bank that answers at the third attempt. */
public final class RetryProgram {
  private static final int CALLERS = 100;

  private RetryProgram() {}

  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    AtomicInteger attempts = new AtomicInteger();
    ExchangeRates rates = new ExchangeRates(currency -> answerAtThird(attempts));
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<CompletableFuture<BigDecimal>> calls =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> rates.rate("CHF"), callers))
              .limit(CALLERS)
              .toList();
      long answered = calls.stream().map(CompletableFuture::join).filter(RATE::equals).count();
      out.println(answered + " callers were answered");
    } finally {
      callers.shutdown();
    }
    out.println("the bank was asked " + attempts + " times");
  }

  private static final BigDecimal RATE = new BigDecimal("0.93");

  private static BigDecimal answerAtThird(AtomicInteger attempts) {
    if (attempts.incrementAndGet() < 3) {
      throw new UncheckedIOException(new IOException("out of reach"));
    }
    return RATE;
  }
}
