package org.visionfashion.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which texts are right for which images. Every text belongs to a group, and all texts of a group
 * are right for every image that owns one of them.
 *
 * <p>An image may own several texts: a query finds what it looks for where it finds any of the
 * right candidates, as is usual for MS-COCO and Flickr30k (Karpathy and Fei-Fei 2015, Deep
 * Visual-Semantic Alignments for Generating Image Descriptions, section 4.2).
 */
public final class Relevance {

  private final int[] group_M;

  /** The groups of each image's texts, in order, each once. */
  private final int[][] groups_NG;

  private final List<Group> groups;

  /**
   * The images and texts that belong together.
   *
   * @param images those that own a text of the group, in order, each once
   * @param texts all of the group, in order
   */
  record Group(int[] images, int[] texts) {}

  private Relevance(int[] group_M, int[][] groups_NG, List<Group> groups) {
    this.group_M = group_M;
    this.groups_NG = groups_NG;
    this.groups = groups;
  }

  /**
   * Only an image's own texts are right for it.
   *
   * @param images N images
   * @param owner_M the image of each text, from 0
   */
  public static Relevance own(int images, int[] owner_M) {
    return of(images, owner_M, owner_M);
  }

  /**
   * Texts of equal groups are equally right.
   *
   * @param images N images
   * @param owner_M the image of each text, from 0
   * @param group_M any number for each text, see {@link PairRanks#groups}
   */
  public static Relevance of(int images, int[] owner_M, int[] group_M) {
    Items texts = Items.of(Arrays.stream(group_M).boxed().toList());
    int[][] text_GM = texts.members();
    int[][] text_NM = new Items(owner_M, images).members();
    int[][] groups_NG = new int[images][];
    Arrays.setAll(groups_NG, n -> distinct(text_NM[n], texts.item_N()));
    List<Group> groups = new ArrayList<>(text_GM.length);
    for (int[] text_G : text_GM) {
      groups.add(new Group(distinct(text_G, owner_M), text_G));
    }
    return new Relevance(texts.item_N(), groups_NG, groups);
  }

  private static int[] distinct(int[] wanted, int[] number_M) {
    return Arrays.stream(wanted).map(m -> number_M[m]).sorted().distinct().toArray();
  }

  List<Group> groups() {
    return groups;
  }

  int images() {
    return groups_NG.length;
  }

  int texts() {
    return group_M.length;
  }

  /** Whether a text is right for an image. */
  boolean fits(int image, int text) {
    return Arrays.binarySearch(groups_NG[image], group_M[text]) >= 0;
  }

  /** How many texts are right for each image. */
  public int[] textsOfImages() {
    return Arrays.stream(groups_NG)
        .mapToInt(group_G -> IntStream.of(group_G).map(g -> groups.get(g).texts.length).sum())
        .toArray();
  }

  /** For how many images each text is right. */
  public int[] imagesOfTexts() {
    return IntStream.of(group_M).map(g -> groups.get(g).images.length).toArray();
  }
}
