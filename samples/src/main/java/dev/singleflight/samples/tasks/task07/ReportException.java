package dev.singleflight.samples.tasks.task07;

/** A report that cannot be rendered, however often one tries. */
final class ReportException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
