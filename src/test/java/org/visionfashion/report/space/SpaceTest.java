package org.visionfashion.report.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.visionfashion.report.space.PictureMap.Place;

/** Principal components, the map, the histogram. */
class SpaceTest {

  private static float[][] normal(int count, int width, long seed) {
    Random random = new Random(seed);
    float[][] x = new float[count][width];
    for (float[] row : x) {
      for (int e = 0; e < width; e++) {
        row[e] = (float) (random.nextGaussian() * (e == 1 ? 5 : e == 3 ? 2 : 0.1) + e);
      }
    }
    return x;
  }

  @Test
  void theAxesOfMostVarianceAreFound() {
    float[][] x = normal(500, 6, 11);
    PrincipalComponents components = PrincipalComponents.of(x);
    double sign1 = Math.signum((x[0][1] - 1) * components.point_N2()[0][0]);
    double sign3 = Math.signum((x[0][3] - 3) * components.point_N2()[0][1]);
    for (int n = 0; n < x.length; n++) {
      assertThat(sign1 * components.point_N2()[n][0]).isCloseTo(x[n][1] - 1, within(0.6));
      assertThat(sign3 * components.point_N2()[n][1]).isCloseTo(x[n][3] - 3, within(0.6));
    }
    assertThat(components.explained()[0]).isCloseTo(25 / 29.04, within(0.03));
    assertThat(components.explained()[1]).isCloseTo(4 / 29.04, within(0.03));
  }

  /** The variance along each axis is its share of the whole, and the axes do not vary together. */
  @Test
  void theProjectionsHaveTheExplainedVariance() {
    float[][] x = normal(200, 5, 12);
    PrincipalComponents components = PrincipalComponents.of(x);
    double total = 0;
    for (int e = 0; e < 5; e++) {
      double mean = 0;
      for (float[] row : x) {
        mean += row[e] / x.length;
      }
      for (float[] row : x) {
        total += (row[e] - mean) * (row[e] - mean);
      }
    }
    double[][] point_N2 = components.point_N2();
    double together = 0;
    for (int axis = 0; axis < 2; axis++) {
      double square = 0;
      for (double[] point : point_N2) {
        square += point[axis] * point[axis];
      }
      assertThat(square / total).isCloseTo(components.explained()[axis], within(1e-9));
    }
    for (double[] point : point_N2) {
      together += point[0] * point[1];
    }
    assertThat(together).isCloseTo(0, within(1e-6 * total));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 0.667, 1, 1.6})
  void shownPicturesDoNotOverlapAndStayInside(double shape) {
    PictureMap map = PictureMap.of(normal(900, 4, 13), shape, 1);
    double height = PictureMap.PICTURE_WIDTH / shape / PictureMap.HEIGHT;
    assertThat(map.shown()).hasSizeGreaterThan(20);
    assertThat(map.shown().size() + map.dots().size()).isEqualTo(900);
    List<Place> shown = map.shown();
    for (int i = 0; i < shown.size(); i++) {
      Place a = shown.get(i);
      assertThat(a.x()).isBetween(PictureMap.PICTURE_WIDTH / 2, 1 - PictureMap.PICTURE_WIDTH / 2);
      assertThat(a.y()).isBetween(height / 2, 1 - height / 2);
      for (Place b : shown.subList(0, i)) {
        boolean apart =
            Math.abs(a.x() - b.x()) >= PictureMap.PICTURE_WIDTH
                || Math.abs(a.y() - b.y()) >= height;
        assertThat(apart).as(a + " and " + b).isTrue();
      }
    }
  }

  @Test
  void picturesThatAreAllTheSameLieOnOnePoint() {
    float[][] same = new float[5][3];
    PictureMap map = PictureMap.of(same, 1, 1);
    assertThat(map.shown()).hasSize(1);
    assertThat(map.dots()).hasSize(4);
  }

  @Test
  void aHistogramOfDensitiesHasAreaOne() {
    double[] edges = {0, 0.25, 0.5, 0.75, 1};
    assertThat(Similarities.densities(new double[] {0, 0.1, 0.6, 1}, edges))
        .containsExactly(2, 0, 1, 1, 0);
    assertThat(Similarities.densities(new double[0], edges)).containsOnly(0);
  }
}
