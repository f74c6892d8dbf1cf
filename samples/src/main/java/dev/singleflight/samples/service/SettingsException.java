package dev.singleflight.samples.service;

/** Settings that the service cannot run with; the message names each, a line for each. */
public final class SettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  SettingsException(String message) {
    super(message);
  }
}
