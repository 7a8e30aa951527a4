package org.visionfashion.config;

/** Training pictures decoded once and kept beside the data set. */
public record CacheConfig(
    @Key(
            usual = "256",
            in = "[8, 8192]",
            help =
                "shorter side of a kept picture, in pixels; a little more than the model's input"
                    + " keeps crops sharp")
        int side,
    @Key(
            usual = "false",
            help = "training fills the cache first; else it uses what data prepare left there")
        boolean prepare) {}
