package dev.singleflight.samples.bugs.bug05;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.singleflight.SingleflightGroup;
import java.io.IOException;

/**
 * Serves invoices as PDF files, which the archive takes seconds to make.
 *
 * <p>The archive is asked with the token of whoever came first. A caller without any right to the
 * invoice who asks while that load runs is given the file all the same; and if the first token has
 * expired, callers with valid ones are refused.
 */
public final class BuggyInvoiceDownload implements HttpHandler {
  private final SingleflightGroup<String, byte[]> files = SingleflightGroup.create();
  private final Archive archive;

  public BuggyInvoiceDownload(Archive archive) {
    this.archive = archive;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String number = path.substring(path.lastIndexOf('/') + 1);
      // flagged: SingleflightCapturedRequest
      byte[] pdf = files.execute(number, key -> archive.fetch(key, bearerToken(exchange)));
      exchange.getResponseHeaders().set("Content-Type", "application/pdf");
      exchange.sendResponseHeaders(200, pdf.length);
      exchange.getResponseBody().write(pdf);
    }
  }

  private static String bearerToken(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header == null ? "" : header.replaceFirst("^Bearer ", "");
  }

  /** The archive checks that the token's owner may read the invoice. */
  public interface Archive {
    byte[] fetch(String invoiceNumber, String token) throws IOException;
  }
}
