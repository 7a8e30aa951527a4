package org.visionfashion.demo;

/** First part of a picture's name. */
enum Gender {
  MEN,
  WOMEN
}
