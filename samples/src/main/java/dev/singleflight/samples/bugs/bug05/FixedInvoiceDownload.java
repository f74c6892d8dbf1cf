package dev.singleflight.samples.bugs.bug05;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.singleflight.SingleflightGroup;
import java.io.IOException;

/**
 * Serves invoices as PDF files, which the archive takes seconds to make.
 *
 * <p>Whether this caller may read the invoice is asked for this caller, before the load. The load
 * itself knows nothing but the number, and asks with the service's own token.
 */
public final class FixedInvoiceDownload implements HttpHandler {
  private final SingleflightGroup<String, byte[]> files = SingleflightGroup.create();
  private final Archive archive;
  private final String serviceToken;

  public FixedInvoiceDownload(Archive archive, String serviceToken) {
    this.archive = archive;
    this.serviceToken = serviceToken;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String number = path.substring(path.lastIndexOf('/') + 1);
      if (!archive.mayRead(number, bearerToken(exchange))) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      byte[] pdf = files.execute(number, key -> archive.fetch(key, serviceToken));
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
    boolean mayRead(String invoiceNumber, String token) throws IOException;

    byte[] fetch(String invoiceNumber, String token) throws IOException;
  }
}
