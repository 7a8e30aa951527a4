package org.visionfashion.weights.hub;

import java.net.URI;
import java.util.Locale;

/** Scheme, host and port: to whom a request goes. */
record Origin(String scheme, String host, int port) {

  static Origin of(URI address) {
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    int port = address.getPort() == -1 ? usual : address.getPort();
    return new Origin(scheme, address.getHost().toLowerCase(Locale.ROOT), port);
  }

  /** Whether something can be asked there. */
  static boolean isWeb(URI address) {
    String scheme = address.getScheme();
    return address.getHost() != null
        && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme));
  }
}
