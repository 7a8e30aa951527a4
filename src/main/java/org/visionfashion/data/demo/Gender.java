package org.visionfashion.data.demo;

/** First part of a picture's name. */
enum Gender {
  MEN,
  WOMEN
}
