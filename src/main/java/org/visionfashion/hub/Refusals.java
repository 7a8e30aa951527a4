package org.visionfashion.hub;

import org.visionfashion.base.UserError;

/** Why the Hub does not give a file, and what helps. */
final class Refusals {

  private final HubSettings settings;

  Refusals(HubSettings settings) {
    this.settings = settings;
  }

  /**
   * The codes are the Hub's header {@code X-Error-Code}.
   *
   * @param hint what to say of a revision that is not there
   */
  UserError of(HubReference reference, HubAnswer answer, String hint) {
    return new UserError(
        switch (answer.errorCode()) {
          case "GatedRepo" -> gated(reference);
          case "RepoNotFound" -> unknown(reference);
          case HubAnswer.NO_REVISION ->
              "%s has no revision %s at %s%s"
                  .formatted(
                      reference.repository(), reference.revision(), settings.endpoint(), hint);
          default -> uncoded(reference, answer);
        });
  }

  private String uncoded(HubReference reference, HubAnswer answer) {
    String message = answer.header("X-Error-Message").map(text -> " (" + text + ")").orElse("");
    if (answer.status() != 401 && answer.status() != 403) {
      return reference + ": " + answer.address() + " answers " + answer.status() + message;
    }
    return settings.token().isPresent() ? unwelcome(reference) + message : unknown(reference);
  }

  private String gated(HubReference reference) {
    return "%s is gated: ask for access at %s/%s and put a token of that account into HF_TOKEN"
        .formatted(reference, settings.endpoint(), reference.page());
  }

  private String unwelcome(HubReference reference) {
    return "%s: %s refuses the token in HF_TOKEN: it has expired, or may not read this"
        .formatted(reference, settings.endpoint());
  }

  /** The Hub does not tell strangers which private models it has. */
  private String unknown(HubReference reference) {
    return "%s is unknown at %s, or private: check the name, or put a token that may read it into"
            .formatted(reference, settings.endpoint())
        + " HF_TOKEN";
  }
}
