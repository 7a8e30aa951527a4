package org.visionfashion.report.space;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Points in the plane in which they vary most (Pearson 1901).
 *
 * @param point_N2 a row a point, centred
 * @param explained shares of the variance that the two axes hold, the larger first
 */
public record PrincipalComponents(double[][] point_N2, double[] explained) {

  /**
   * Projects points.
   *
   * @param x_NE at least two points of at least two numbers
   */
  public static PrincipalComponents of(float[][] x_NE) {
    DMatrixRMaj centred_NE = centred(x_NE);
    int width = centred_NE.numCols;
    DMatrixRMaj scatter_EE = new DMatrixRMaj(width, width);
    CommonOps_DDRM.multTransA(centred_NE, centred_NE, scatter_EE);
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(width, true, true);
    if (!eigen.decompose(scatter_EE)) {
      throw new ArithmeticException("no principal components: the embeddings are not finite");
    }
    List<Integer> largest =
        IntStream.range(0, width)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -eigen.getEigenvalue(i).getReal()))
            .limit(2)
            .toList();
    double total = CommonOps_DDRM.trace(scatter_EE);
    double[][] point_N2 = new double[x_NE.length][2];
    double[] explained = new double[2];
    for (int axis = 0; axis < 2; axis++) {
      DMatrixRMaj projected_N1 = new DMatrixRMaj(x_NE.length, 1);
      CommonOps_DDRM.mult(centred_NE, eigen.getEigenVector(largest.get(axis)), projected_N1);
      for (int n = 0; n < x_NE.length; n++) {
        point_N2[n][axis] = projected_N1.get(n);
      }
      explained[axis] = eigen.getEigenvalue(largest.get(axis)).getReal() / total;
    }
    return new PrincipalComponents(point_N2, explained);
  }

  private static DMatrixRMaj centred(float[][] x_NE) {
    DMatrixRMaj centred = new DMatrixRMaj(x_NE.length, x_NE[0].length);
    for (int e = 0; e < centred.numCols; e++) {
      double mean = 0;
      for (float[] x_E : x_NE) {
        mean += x_E[e] / x_NE.length;
      }
      for (int n = 0; n < x_NE.length; n++) {
        centred.set(n, e, x_NE[n][e] - mean);
      }
    }
    return centred;
  }
}
