package org.visionfashion.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.base.UserError;

class HubSettingsTest {

  @Test
  void anEmptyEnvironmentMeansThePublicHub() {
    HubSettings settings = HubSettings.fromEnvironment(Map.of("HOME", "/u", "HF_TOKEN", " "));
    assertThat(settings.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
    assertThat(settings.cache()).isEqualTo(Path.of("/u/.cache/huggingface/hub"));
    assertThat(settings.token()).isEmpty();
    assertThat(settings.offline()).isFalse();
  }

  @Test
  void theCacheIsWhereTheOtherLibrariesLook() {
    assertThat(cache(Map.of("XDG_CACHE_HOME", "/x"))).isEqualTo(Path.of("/x/huggingface/hub"));
    assertThat(cache(Map.of("XDG_CACHE_HOME", "/x", "HF_HOME", "/h"))).isEqualTo(Path.of("/h/hub"));
    assertThat(cache(Map.of("HF_HOME", "/h", "HF_HUB_CACHE", "/c"))).isEqualTo(Path.of("/c"));
    assertThat(cache(Map.of("HOME", "/u", "HF_HOME", "~/h"))).isEqualTo(Path.of("/u/h/hub"));
  }

  @Test
  void anEndpointMayEndWithASlash() {
    HubSettings settings = HubSettings.fromEnvironment(Map.of("HF_ENDPOINT", "http://host:8080/"));
    assertThat(settings.endpoint()).isEqualTo(URI.create("http://host:8080"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"huggingface.co", "ftp://host", "http://", "a b", "file:///tmp"})
  void refusesAnEndpointThatIsNoAddress(String text) {
    assertThatThrownBy(() -> HubSettings.fromEnvironment(Map.of("HF_ENDPOINT", text)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "HF_ENDPOINT is \"%s\", which is not an address such as https://huggingface.co", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "YES", "On"})
  void offline(String text) {
    assertThat(HubSettings.fromEnvironment(Map.of("HF_HUB_OFFLINE", text)).offline()).isTrue();
  }

  @Test
  void zeroIsOnline() {
    assertThat(HubSettings.fromEnvironment(Map.of("HF_HUB_OFFLINE", "0")).offline()).isFalse();
  }

  @Test
  void nobodySeesTheToken() {
    HubSettings settings = HubSettings.fromEnvironment(Map.of("HF_TOKEN", "hf_secret"));
    assertThat(settings.token()).contains("hf_secret");
    assertThat(settings.toString()).doesNotContain("secret");
    assertThatThrownBy(() -> HubSettings.fromEnvironment(Map.of("HF_TOKEN", "hf\nsecret")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("HF_TOKEN is not a token")
        .hasMessageNotContaining("secret");
  }

  @Test
  void nobodySeesAPasswordInTheEndpoint() {
    Map<String, String> environment = Map.of("HF_ENDPOINT", "https://me:secret@host");
    assertThatThrownBy(() -> HubSettings.fromEnvironment(environment))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("HF_ENDPOINT holds a name or password")
        .hasMessageNotContaining("secret");
  }

  private static Path cache(Map<String, String> environment) {
    return HubSettings.fromEnvironment(environment).cache();
  }
}
