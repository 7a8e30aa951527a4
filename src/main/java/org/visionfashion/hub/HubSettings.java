package org.visionfashion.hub;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.visionfashion.base.UserError;

/**
 * Where the Hub is and where its files go, under the names that all its libraries read.
 *
 * @param endpoint the address of the Hub without a slash at its end
 * @param cache the folder with a folder per repository
 * @param token who asks; only the endpoint sees it
 * @param offline whether the cache alone may answer
 */
public record HubSettings(URI endpoint, Path cache, Optional<String> token, boolean offline) {

  private static final String PUBLIC = "https://huggingface.co";
  private static final Set<String> TRUE = Set.of("1", "true", "yes", "on");

  /**
   * Reads HF_ENDPOINT, HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME, HF_TOKEN and HF_HUB_OFFLINE; a blank
   * value counts as none.
   *
   * @throws UserError for an endpoint that is no web address and a token that cannot be one
   */
  public static HubSettings fromEnvironment(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    return new HubSettings(
        endpoint(variables.get("HF_ENDPOINT").orElse(PUBLIC)),
        cache(variables),
        variables.get("HF_TOKEN").map(HubSettings::token),
        variables.get("HF_HUB_OFFLINE").map(HubSettings::isTrue).orElse(false));
  }

  /** All but the token. */
  @Override
  public String toString() {
    return endpoint + ", cache " + cache + (offline ? ", offline" : "");
  }

  /** Whether something can be asked there. */
  static boolean isWeb(URI address) {
    String scheme = address.getScheme();
    return address.getHost() != null
        && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme));
  }

  /** Whether a request to this address goes to the Hub itself, not to a store that it names. */
  boolean isHub(URI address) {
    return isWeb(address)
        && address.getScheme().equalsIgnoreCase(endpoint.getScheme())
        && address.getHost().equalsIgnoreCase(endpoint.getHost())
        && port(address) == port(endpoint);
  }

  private static int port(URI address) {
    int usual = address.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    return address.getPort() == -1 ? usual : address.getPort();
  }

  private static URI endpoint(String text) {
    if (text.contains("@")) { // every message about the Hub would show it
      throw new UserError("HF_ENDPOINT holds a name or password; a token goes into HF_TOKEN");
    }
    try {
      URI address = URI.create(text.replaceAll("/+$", ""));
      if (isWeb(address)) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Told below, as any other text that is no address.
    }
    throw new UserError(
        "HF_ENDPOINT is \"" + text + "\", which is not an address such as " + PUBLIC);
  }

  private static Path cache(Variables variables) {
    return Stream.of(
            variables.path("HF_HUB_CACHE"),
            variables.path("HF_HOME").map(home -> home.resolve("hub")),
            variables.path("XDG_CACHE_HOME").map(home -> home.resolve("huggingface/hub")))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> variables.home().resolve(".cache/huggingface/hub"));
  }

  /** A header would refuse the others with a message that shows them. */
  private static String token(String text) {
    if (!text.matches("[\\x21-\\x7e]+")) {
      throw new UserError("HF_TOKEN is not a token: it holds a space or a special character");
    }
    return text;
  }

  private static boolean isTrue(String text) {
    return TRUE.contains(text.toLowerCase(Locale.ROOT));
  }

  private record Variables(Map<String, String> values) {

    Optional<String> get(String name) {
      return Optional.ofNullable(values.get(name)).map(String::strip).filter(s -> !s.isEmpty());
    }

    Optional<Path> path(String name) {
      return get(name).map(text -> text.startsWith("~/") ? fromHome(text) : Path.of(text));
    }

    Path home() {
      return Path.of(get("HOME").orElseGet(() -> System.getProperty("user.home")));
    }

    private Path fromHome(String text) {
      return home().resolve(text.substring(2));
    }
  }
}
