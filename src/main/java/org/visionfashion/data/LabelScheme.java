package org.visionfashion.data;

import java.util.ArrayList;
import java.util.List;

/**
 * What the outputs of the two heads mean.
 *
 * @param name {@code card}, {@code paper}, or {@code custom} for a user's own labels
 * @param categories names of the classes, in output order
 * @param groups the attributes in output order, group after group
 */
public record LabelScheme(String name, List<String> categories, List<AttributeGroup> groups) {

  public LabelScheme {
    categories = List.copyOf(categories);
    groups = List.copyOf(groups);
  }

  /** Names of all attributes in output order, {@code group: value}. */
  public List<String> attributes() {
    List<String> names = new ArrayList<>();
    for (AttributeGroup group : groups) {
      for (String value : group.values()) {
        names.add(group.name().isEmpty() ? value : group.name() + ": " + value);
      }
    }
    return List.copyOf(names);
  }

  /** Number of attributes. */
  public int attributeCount() {
    return groups.stream().mapToInt(group -> group.values().size()).sum();
  }

  /** Index of a group's first attribute. */
  public int offset(AttributeGroup group) {
    int offset = 0;
    for (AttributeGroup each : groups) {
      if (each.equals(group)) {
        return offset;
      }
      offset += each.values().size();
    }
    throw new IllegalArgumentException("not a group of scheme " + name + ": " + group.name());
  }

  /**
   * Attributes that belong together.
   *
   * @param name for example {@code sleeve length}; empty for free tags
   * @param values names of the values, in output order
   * @param kind how the values relate to each other
   * @param notApplicable index of the value that stands for NA, -1 = NA has no output of its own:
   *     an example whose values are all 0 is NA
   */
  public record AttributeGroup(String name, List<String> values, Kind kind, int notApplicable) {

    public AttributeGroup {
      values = List.copyOf(values);
    }
  }

  /** How the values of a group relate. */
  public enum Kind {
    /** One of the twelve shape groups: exactly one value holds. */
    SHAPE,
    /**
     * One of the six texture groups (fabric and pattern of upper, lower, outer): at most one holds.
     */
    TEXTURE,
    /** Free tags: any number may hold. */
    TAGS
  }
}
